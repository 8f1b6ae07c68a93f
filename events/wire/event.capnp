@0xb21d2464b3d39d93;

# The bytes of an event for ever. Rules of growth: new fields get the next ordinal and an
# empty default; no ordinal is reused, no type changed, no field removed. An event that has none of
# the newer fields has the bytes that it had before they came.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("solnoma::schema");

struct Event {
  # A payload of the log. What the log itself holds (subject, source, id, position,
  # revision, recorded) is not repeated here.
  type @0 :Text;              # by name: a program shows types that it does not know
  occurred @1 :Text;          # EDTF as given
  known @2 :Int32;            # days since 1970-01-01
  supersedes @3 :Text;        # id
  supersedesSource @4 :Text;  # where the id alone is ambiguous
  data @5 :Data;
  # Version 2 of the schema:
  knownPrecision @6 :Precision;
}

enum Precision {
  day @0;
  month @1;
  year @2;
}

enum Modality {
  actual @0;
  planned @1;
}

enum Bound {
  exact @0;
  moreThan @1;
  slightlyMoreThan @2;
  lessThan @3;
  about @4;
  atLeast @5;
  atMost @6;
  between @7;
}

enum Accrual {
  byMeasure @0;
  level @1;
  flow @2;
}

struct TaggedText {
  language @0 :Text;  # BCP 47
  text @1 :Text;
}

struct LocalText {
  en @0 :Text;
  ru @1 :Text;
  uz @2 :Text;  # Latin script
  others @3 :List(TaggedText);
}

struct Quantity {
  measure @0 :Text;  # slug: residents, investment, turnover …
  value @1 :Text;    # decimal, as text: never binary floating point
  unit @2 :Text;
  bound @3 :Bound;
  period @4 :Text;   # EDTF
  upper @5 :Text;    # decimal; of the bound `between`
  accrual @6 :Accrual;
}

struct Source {
  publisher @0 :Text;
  published @1 :Text;  # EDTF
  url @2 :Text;
  note @3 :Text;
  localPublisher @4 :LocalText;  # where it is more than a plain text
  localNote @5 :LocalText;
}

struct Coordinates {
  latitude @0 :Text;   # decimal degrees, WGS 84
  longitude @1 :Text;
}

struct Identifier {
  scheme @0 :Text;
  id @1 :Text;
}

struct Partner {
  name @0 :LocalText;
  role @1 :Text;   # slug
  share @2 :Text;  # percent, decimal
  id @3 :Text;
}

struct ImportRecord {
  file @0 :Text;
  sha256 @1 :Text;
  mapping @2 :Text;
  rows @3 :UInt64;
  events @4 :UInt64;  # that it recorded, directly before this event
  first @5 :Text;     # the id of the first of these
}

struct Description {
  names @0 :LocalText;
  kind @1 :Text;  # slug
  region @2 :LocalText;
  coordinates @3 :Coordinates;
  sectors @4 :List(LocalText);
  partner @5 :LocalText;
  identifiers @6 :List(Identifier);
  otherNames @7 :List(LocalText);
  partOf @8 :Text;    # a subject
  country @9 :Text;   # ISO 3166-1 alpha-2
  geometry @10 :Text; # a GeoJSON geometry, as JSON
  partners @11 :List(Partner);
}

struct Data {
  # The data of a CloudEvent.
  modality @0 :Modality;
  title @1 :LocalText;
  quantities @2 :List(Quantity);
  parties @3 :List(Text);
  sources @4 :List(Source);
  note @5 :Text;
  description @6 :Description;  # of the type described
  label @7 :Text;               # the source's own word for the status
  part @8 :Text;                # slug
  fulfils @9 :List(Text);       # ids of plans
  importRecord @10 :ImportRecord;  # of the type imported
  localNote @11 :LocalText;            # where it is more than a plain text
  localParties @12 :List(LocalText);   # where one of them is
}
