import Foundation
import Tabular
import Testing

@testable import PipelineFile

@Suite struct PipelineSchemaTests {
  @Test("The schema of the repository is the one of the definitions") func schemaIsTrue() throws {
    let path = repository + "/pipelines/schema/pipeline-1.json"
    let schema = pipelineSchema().pretty
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try schema.write(toFile: path, atomically: true, encoding: .utf8)
    }
    let committed = try String(contentsOfFile: path, encoding: .utf8)
    #expect(committed == schema, "UPDATE_GOLDEN=1 writes it")
  }

  @Test("The schema of contracts in the repository is the one of the definitions")
  func contractSchemaIsTrue() throws {
    let path = repository + "/pipelines/schema/contract-1.json"
    let schema = contractSchema().pretty
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try schema.write(toFile: path, atomically: true, encoding: .utf8)
    }
    let committed = try String(contentsOfFile: path, encoding: .utf8)
    #expect(committed == schema, "UPDATE_GOLDEN=1 writes it")
  }

  @Test("Every key that is built has a sentence, and no key stands twice in a mapping")
  func everyKeyIsExplained() {
    visit(PipelineDefinition.root)
    visit(ContractDefinition.root)
  }

  @Test("The schema names no key that is not built") func hidesLaterKeys() {
    let schema = pipelineSchema()
    #expect(schema["properties"]?["language"] == nil)
    #expect(schema["properties"]?["period"]?["properties"]?["unit"] != nil)
  }

  private func visit(_ definition: MappingDefinition) {
    let names = definition.keys.map(\.name)
    #expect(Set(names).count == names.count, "\(definition.path)")
    for key in definition.keys where key.isBuilt {
      #expect(key.meaning.hasSuffix("."), "\(definition.path) \(key.name)")
      visit(key.kind)
    }
    guard let others = definition.others else { return }
    #expect(others.meaning.hasSuffix("."), "\(definition.path)")
    visit(others.kind)
  }

  private func visit(_ kind: ValueKind) {
    switch kind {
    case .mapping(let definition): visit(definition)
    case .named(_, let kind, _), .list(let kind, _): visit(kind)
    case .either(let first, let second):
      visit(first)
      visit(second)
    case .word(let words): #expect(Set(words.map(\.word)).count == words.count)
    case .text, .integer, .size, .share, .fraction, .flag: break
    }
  }
}
