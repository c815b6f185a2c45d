import Foundation
import Testing

/// The compiler keeps the gate; these tests keep what could open it out of the sources.
@Suite("Gate of protected tables")
struct ProtectedTableGateTests {
  private var sources: [(module: String, text: String)] {
    get throws {
      let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Sources")
      let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
      return try (files?.compactMap { $0 as? URL } ?? [])
        .filter { $0.pathExtension == "swift" }
        .map { file in
          let module = file.pathComponents[root.pathComponents.count]
          return (module, try String(contentsOf: file, encoding: .utf8))
        }
    }
  }

  @Test("no module but DisclosureControl makes a protected table or adds to how one is made")
  func isMadeInOneModule() throws {
    let sources = try sources
    #expect(sources.count { $0.module == "DisclosureControl" } > 0)
    for source in sources where source.module != "DisclosureControl" {
      #expect(!source.text.contains("ProtectedTable("), "\(source.module)")
      #expect(!source.text.contains("ProtectedTable.Figure("), "\(source.module)")
      #expect(!source.text.contains("extension ProtectedTable"), "\(source.module)")
    }
  }

  @Test("no module gets behind the gates by way of a test's import")
  func hasNoTestableImport() throws {
    for source in try sources {
      #expect(!source.text.contains("@testable"), "\(source.module)")
    }
  }

  @Test("DisclosureControl offers no way to make a protected table but to protect one")
  func offersOneWay() throws {
    // What reads published files makes other things, and no such table.
    for source in try sources where source.module == "DisclosureControl" {
      let makesTables =
        source.text.contains("ProtectedTable(") || source.text.contains("ProtectedTable {")
        || source.text.contains("ProtectedTable.Figure")
      #expect(!makesTables || !source.text.contains("package init"))
      #expect(!source.text.contains("public init"))
      #expect(!source.text.contains("package var name"))
      #expect(!source.text.contains("Codable"))
    }
  }

  @Test("Publication has no name for an unprotected table but the code of its totals")
  func publicationTakesNothingElse() throws {
    for source in try sources where source.module == "Publication" {
      let text = source.text.replacingOccurrences(of: "CellTable.total", with: "")
      #expect(!text.contains("CellTable"))
      #expect(!text.contains("PseudonymisedTable"))
    }
  }
}
