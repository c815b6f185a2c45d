import Tabular

/// Writes definitions as JSON Schema.
enum SchemaWriter {
  static func schema(of definition: MappingDefinition) -> [String: JSONValue] {
    var properties: [String: JSONValue] = [:]
    for key in definition.keys where key.isBuilt { properties[key.name] = schema(of: key) }
    let required = definition.keys.filter(\.isRequired).map { JSONValue.string($0.name) }
    var schema: [String: JSONValue] = [
      "type": "object",
      "additionalProperties": false,
      "properties": .object(properties),
    ]
    if let others = definition.others {
      var other = Self.schema(of: others.kind)
      other["description"] = .string(others.meaning)
      schema["additionalProperties"] = false
      schema["patternProperties"] = .object([others.form.expression: .object(other)])
    }
    if !required.isEmpty { schema["required"] = .array(required) }
    return schema
  }

  private static func schema(of key: KeyDefinition) -> JSONValue {
    var schema = schema(of: key.kind)
    if key.name == "koppel" { schema = ["const": .integer(PipelineDefinition.version)] }
    if key.name == "contract", case .integer = key.kind {
      schema = ["const": .integer(ContractDefinition.version)]
    }
    if key.mayStandApart {
      let apart: JSONValue = [
        "type": "object",
        "additionalProperties": false,
        "properties": [
          "file": ["type": "string", "description": "The path of a file that holds this stage."]
        ],
        "required": ["file"],
      ]
      schema = ["anyOf": [.object(schema), apart]]
    }
    schema["description"] = .string(key.meaning)
    return .object(schema)
  }

  private static func schema(of kind: ValueKind) -> [String: JSONValue] {
    switch kind {
    case .text(let form): return schema(of: form)
    case .word(let words):
      let built = words.filter { $0.instead == nil }
      return [
        "oneOf": .array(
          built.map { word in
            // An editor reads 301 as a number; the validator reads its text.
            let number = wholeNumber(word.word).map { [JSONValue.integer($0)] } ?? []
            return [
              "enum": .array([.string(word.word)] + number),
              "description": .string(word.meaning),
            ]
          }
        )
      ]
    case .integer(let range):
      return [
        "type": "integer",
        "minimum": .integer(range.lowerBound),
        "maximum": .integer(range.upperBound),
      ]
    case .size:
      return [
        "type": ["string", "integer"], "pattern": "^[0-9]{1,18}( *[KMGT]iB)?$", "minimum": 1,
      ]
    case .share: return ["type": "string", "pattern": "^[0-9]{1,3}(\\.[0-9]{1,9})? *%$"]
    case .fraction:
      return [
        "type": ["string", "number"], "pattern": "^0?\\.[0-9]{1,4}$", "minimum": 0, "maximum": 1,
      ]
    case .flag: return ["type": "boolean"]
    case .list(let kind, let least):
      return [
        "type": "array",
        "items": .object(schema(of: kind)),
        "minItems": .integer(Int64(least)),
      ]
    case .mapping(let definition): return schema(of: definition)
    case .named(let form, let kind, _):
      return [
        "type": "object",
        "minProperties": 1,
        "propertyNames": ["pattern": .string(form.expression)],
        "additionalProperties": .object(schema(of: kind)),
      ]
    case .either(let first, let second):
      return ["anyOf": [.object(schema(of: first)), .object(schema(of: second))]]
    }
  }

  private static func schema(of form: TextForm) -> [String: JSONValue] {
    switch form {
    case .name(let form): return ["type": "string", "pattern": .string(form.expression)]
    case .template: return ["type": "string", "pattern": "^[^{]*\\{\\}[^{]*$"]
    case .pattern: return ["type": "string", "minLength": 1, "maxLength": 500]
    case .path, .glob, .expression, .measure: return ["type": "string", "minLength": 1]
    // YAML has types for words such as 2026 and no; the validator reads their text.
    case .plain, .verbatim: return ["type": ["string", "number", "boolean"]]
    }
  }
}
