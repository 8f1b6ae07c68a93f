package main

import (
	"encoding/binary"
	"fmt"
	"io"
	"net/http"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// The height of a tile is no part of its address in c2sp.org/tlog-tiles: all are as high.
const tileHeight = 8

// A server is asked for what c2sp.org/tlog-tiles says.
type server struct {
	url   string
	known map[tlog.Tile][]byte // what tlog has found to be right
}

func (s *server) get(path string) ([]byte, error) {
	answer, err := http.Get(s.url + "/" + path)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("/%s: %s", path, answer.Status)
	}
	return content, err
}

// pathOf gives "tile/0/x001/234.p/5" for the "tile/8/0/x001/234.p/5" that tlog writes, and
// "tile/entries/…" for "tile/8/data/…".
func pathOf(tile tlog.Tile) string {
	path := strings.TrimPrefix(tile.Path(), fmt.Sprintf("tile/%d/", tileHeight))
	if tile.L == -1 {
		path = "entries" + strings.TrimPrefix(path, "data")
	}
	return "tile/" + path
}

// Height, ReadTiles and SaveTiles make a tlog.TileReader of it.
func (s *server) Height() int { return tileHeight }

func (s *server) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	contents := make([][]byte, len(tiles))
	for i, tile := range tiles {
		if content, ok := s.known[tile]; ok {
			contents[i] = content
			continue
		}
		content, err := s.get(pathOf(tile))
		if err != nil {
			return nil, err
		}
		contents[i] = content
	}
	return contents, nil
}

func (s *server) SaveTiles(tiles []tlog.Tile, contents [][]byte) {
	for i, tile := range tiles {
		s.known[tile] = contents[i]
	}
}

// entries gives the entries of the bundle in which entry n of a log of that size stands.
func (s *server) entries(n, size int64) ([][]byte, error) {
	bundle := tlog.Tile{H: tileHeight, L: -1, N: n >> tileHeight, W: 1 << tileHeight}
	if first := bundle.N << tileHeight; size-first < int64(bundle.W) {
		bundle.W = int(size - first)
	}
	rest, err := s.get(pathOf(bundle))
	if err != nil {
		return nil, err
	}
	var entries [][]byte
	for len(rest) > 0 {
		if len(rest) < 2 || len(rest)-2 < int(binary.BigEndian.Uint16(rest)) {
			return nil, fmt.Errorf("/%s: an entry is cut off", pathOf(bundle))
		}
		end := 2 + int(binary.BigEndian.Uint16(rest))
		entries = append(entries, rest[2:end])
		rest = rest[end:]
	}
	if len(entries) != bundle.W {
		return nil, fmt.Errorf("/%s: %d entries", pathOf(bundle), len(entries))
	}
	return entries, nil
}
