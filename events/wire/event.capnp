@0xb21d2464b3d39d93;

# The bytes of an event for ever. Rules of growth: new fields get the next ordinal and an
# empty default; no ordinal is reused, no type changed, no field removed.

using Cxx = import "/capnp/c++.capnp";
using Json = import "/capnp/compat/json.capnp";
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
}

enum Modality {
  actual @0;
  planned @1;
}

enum Bound {
  exact @0;
  moreThan @1 $Json.name("more-than");
  slightlyMoreThan @2 $Json.name("slightly-more-than");
  lessThan @3 $Json.name("less-than");
  about @4;
}

struct LocalText {
  en @0 :Text;
  ru @1 :Text;
  uz @2 :Text;  # Latin script
}

struct Quantity {
  measure @0 :Text;  # slug: residents, investment, turnover …
  value @1 :Text;    # decimal, as text: never binary floating point
  unit @2 :Text;
  bound @3 :Bound;
  period @4 :Text;   # EDTF
}

struct Source {
  publisher @0 :Text;
  published @1 :Text;  # EDTF
  url @2 :Text;
  note @3 :Text;
}

struct Coordinates {
  latitude @0 :Text;   # decimal degrees, WGS 84
  longitude @1 :Text;
}

struct Description {
  names @0 :LocalText;
  kind @1 :Text;  # slug
  region @2 :LocalText;
  coordinates @3 :Coordinates;
  sectors @4 :List(LocalText);
  partner @5 :LocalText;
}

struct Data {
  # The data of a CloudEvent, field for field.
  modality @0 :Modality;
  title @1 :LocalText;
  quantities @2 :List(Quantity);
  parties @3 :List(Text);
  sources @4 :List(Source);
  note @5 :Text;
  description @6 :Description;  # of the type described
}

struct CloudEvent {
  # https://cloudevents.io, version 1.0, JSON format, structured mode. Attribute names are
  # lower-case letters and digits, by that specification.
  specversion @0 :Text;
  id @1 :Text;
  source @2 :Text;
  type @3 :Text;
  subject @4 :Text;
  time @5 :Text;
  datacontenttype @6 :Text;
  occurred @7 :Text;
  known @8 :Text;
  supersedes @9 :Text;
  supersedessource @10 :Text;
  position @11 :Float64;  # a JSON number; exact up to 2^53
  revision @12 :Float64;
  data @13 :Data;
}
