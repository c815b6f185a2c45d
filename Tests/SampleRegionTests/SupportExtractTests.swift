import SampleRegion
import Testing

@Suite("Support extract")
struct SupportExtractTests {
  @Test("Every message is well formed and bears the code of its kind")
  func wellFormed() throws {
    let region = try WrittenRegion(residents: 1_500, seed: 53)
    let codes = ["301": "414", "305": "418", "307": "420", "323": "484"]
    var kinds: Set<String> = []
    for path in try region.paths(in: "support/") {
      let root = try parsed(region.text(path) ?? "")
      #expect(root?.name == "Bericht", "\(path)")
      let kind = String(path.dropFirst("support/WMO".count).prefix(3))
      kinds.insert(kind)
      #expect(root?.texts("Header", "BerichtCode") == codes[kind].map { [$0] }, "\(path)")
      if kind != "323" { #expect(root?.children.count { $0.name == "Client" } == 1, "\(path)") }
    }
    #expect(kinds == Set(codes.keys))
    #expect(try region.paths(in: "support/").count == region.summary.supportMessages)
  }

  @Test("Every record of support is in the truth")
  func truth() throws {
    let region = try WrittenRegion(residents: 1_500, seed: 55)
    let told = Set(
      try region.rows("truth/truth.csv").filter { $0["source"] == "support" }
        .compactMap { $0["record"] }
    )
    var found: Set<String> = []
    for path in try region.paths(in: "support/") {
      guard let root = try parsed(region.text(path) ?? "") else { continue }
      let kind = String(path.dropFirst("support/WMO".count).prefix(3))
      for name in ["ReferentieNummer"] + (kind == "323" ? [] : ["ToewijzingNummer"]) {
        for text in root.deepTexts(name) { found.insert("\(kind)-\(text)") }
      }
    }
    #expect(found == told)
  }
}
