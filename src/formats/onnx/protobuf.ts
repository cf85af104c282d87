/**
 * The messages of ONNX as bytes: of each kind the fields that a network needs, with their numbers in onnx.proto.
 *
 * Source: onnx/onnx.proto3 of the ONNX project, IR version 7. The wire format is the library's.
 */
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";

/** How a field is written: as a number, text or bytes; or as a message of a kind. */
type Kind = "int64" | "string" | "bytes" | Fields;

/** The fields of a kind of message: name, number and kind. */
interface Fields {
  readonly [name: string]: readonly [number, Kind];
}

/** Values of fields by name; a list where a field is repeated. Fields without a value are left out. */
export interface Message {
  readonly [name: string]: undefined | Value | readonly Value[];
}
type Value = number | string | Uint8Array | Message;

/** Types of tensors (TensorProto.DataType). */
export const FLOAT = 1;
export const INT64 = 7;
/** Types of attributes (AttributeProto.AttributeType). */
export const INT = 2;

const TENSOR: Fields = { dims: [1, "int64"], dataType: [2, "int64"], name: [8, "string"], rawData: [9, "bytes"] };
const ATTRIBUTE: Fields = { name: [1, "string"], i: [3, "int64"], type: [20, "int64"] };
const NODE: Fields = {
  input: [1, "string"],
  output: [2, "string"],
  name: [3, "string"],
  opType: [4, "string"],
  attribute: [5, ATTRIBUTE],
};
const DIMENSION: Fields = { dimValue: [1, "int64"], dimParam: [2, "string"] };
const SHAPE: Fields = { dim: [1, DIMENSION] };
const TENSOR_TYPE: Fields = { elemType: [1, "int64"], shape: [2, SHAPE] };
const VALUE_INFO: Fields = {
  name: [1, "string"],
  type: [2, { tensorType: [1, TENSOR_TYPE] }],
  docString: [3, "string"],
};
const GRAPH: Fields = {
  node: [1, NODE],
  name: [2, "string"],
  initializer: [5, TENSOR],
  input: [11, VALUE_INFO],
  output: [12, VALUE_INFO],
};
const MODEL: Fields = {
  irVersion: [1, "int64"],
  producerName: [2, "string"],
  producerVersion: [3, "string"],
  docString: [6, "string"],
  graph: [7, GRAPH],
  opsetImport: [8, { domain: [1, "string"], version: [2, "int64"] }],
  metadataProps: [14, { key: [1, "string"], value: [2, "string"] }],
};

/** A model (ModelProto) as the bytes of an .onnx file. */
export function encodeModel(model: Message): Uint8Array {
  const writer = new BinaryWriter();
  writeMessage(writer, MODEL, model);
  return writer.finish();
}

function writeMessage(writer: BinaryWriter, fields: Fields, message: Message): void {
  for (const [name, [number, kind]] of Object.entries(fields)) {
    const value = message[name];
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) writeField(writer, number, kind, one);
  }
}

function writeField(writer: BinaryWriter, number: number, kind: Kind, value: Value): void {
  if (kind === "int64") writer.tag(number, WireType.Varint).int64(value as number);
  else if (kind === "string") writer.tag(number, WireType.LengthDelimited).string(value as string);
  else if (kind === "bytes") writer.tag(number, WireType.LengthDelimited).bytes(value as Uint8Array);
  else {
    writer.tag(number, WireType.LengthDelimited).fork();
    writeMessage(writer, kind, value as Message);
    writer.join();
  }
}
