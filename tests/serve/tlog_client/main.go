// A client of a transparency log, made of what the Go project reads its own with
// (golang.org/x/mod/sumdb). It knows the standards alone, and ends with 1 where anything that it is
// told does not hold.
//
//	tlog_client URL KEY ORIGIN EVERY [OLDER…]
//
// URL serves the tiles of a log, whose checkpoints are signed as ORIGIN by the Ed25519 key in KEY
// (PEM). Each EVERYth entry and the last one are proved, of a log that is not empty; it must extend that
// of each checkpoint in a file OLDER. It prints the checkpoint, to be kept.
package main

import (
	"crypto/ed25519"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// verifierOf gives whom tlog's notes must be signed by.
func verifierOf(keyFile, origin string) (note.Verifiers, error) {
	text, err := os.ReadFile(keyFile)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, fmt.Errorf("%s: no PEM", keyFile)
	}
	key, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return nil, err
	}
	public, ok := key.(ed25519.PublicKey)
	if !ok {
		return nil, fmt.Errorf("%s: no Ed25519 key", keyFile)
	}
	named, err := note.NewEd25519VerifierKey(origin, public)
	if err != nil {
		return nil, err
	}
	verifier, err := note.NewVerifier(named)
	if err != nil {
		return nil, err
	}
	return note.VerifierList(verifier), nil
}

func treeOf(checkpoint []byte, known note.Verifiers, origin string) (tlog.Tree, error) {
	opened, err := note.Open(checkpoint, known)
	if err != nil {
		return tlog.Tree{}, err
	}
	rest := strings.TrimPrefix(opened.Text, origin+"\n")
	if rest == opened.Text {
		return tlog.Tree{}, fmt.Errorf("the checkpoint is not of %s", origin)
	}
	// A tree of tlog is of one log alone, the first line says so.
	return tlog.ParseTree([]byte("go.sum database tree\n" + rest))
}

// checkEntries proves entries of the log, each from the bytes that the server has for it.
func checkEntries(from *server, tree tlog.Tree, every int64) (int, error) {
	reader := tlog.TileHashReader(tree, from)
	checked := 0
	var bundle [][]byte
	bundleOf := int64(-1)
	check := func(n int64) (err error) {
		if n>>tileHeight != bundleOf {
			bundleOf = n >> tileHeight
			if bundle, err = from.entries(n, tree.N); err != nil {
				return err
			}
		}
		hash := tlog.RecordHash(bundle[n-bundleOf<<tileHeight])
		leaf, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, n)})
		if err != nil {
			return err
		}
		if leaf[0] != hash {
			return fmt.Errorf("entry %d is not the one of which the tile has the hash", n)
		}
		proof, err := tlog.ProveRecord(tree.N, n, reader)
		if err != nil {
			return err
		}
		checked++
		return tlog.CheckRecord(proof, tree.N, tree.Hash, n, hash)
	}
	for n := int64(0); n < tree.N-1; n += every {
		if err := check(n); err != nil {
			return 0, err
		}
	}
	err := check(tree.N - 1)
	return checked, err
}

func checkExtends(from *server, tree, older tlog.Tree) error {
	proof, err := tlog.ProveTree(tree.N, older.N, tlog.TileHashReader(tree, from))
	if err != nil {
		return err
	}
	return tlog.CheckTree(proof, tree.N, tree.Hash, older.N, older.Hash)
}

func run(url, keyFile, origin, every string, older []string) error {
	known, err := verifierOf(keyFile, origin)
	if err != nil {
		return err
	}
	step, err := strconv.ParseInt(every, 10, 64)
	if err != nil {
		return err
	}
	from := &server{url: url, known: map[tlog.Tile][]byte{}}
	checkpoint, err := from.get("checkpoint")
	if err != nil {
		return err
	}
	tree, err := treeOf(checkpoint, known, origin)
	if err != nil {
		return err
	}
	for _, file := range older {
		kept, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		before, err := treeOf(kept, known, origin)
		if err != nil {
			return err
		}
		if err := checkExtends(from, tree, before); err != nil {
			return fmt.Errorf("extending %d: %w", before.N, err)
		}
	}
	checked, err := checkEntries(from, tree, step)
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "proved %d of %d entries by %d tiles\n", checked, tree.N, len(from.known))
	_, err = os.Stdout.Write(checkpoint)
	return err
}

func main() {
	if len(os.Args) < 5 {
		fmt.Fprintln(os.Stderr, "tlog_client URL KEY ORIGIN EVERY [OLDER…]")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2], os.Args[3], os.Args[4], os.Args[5:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
