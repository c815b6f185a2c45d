import Testing

@testable import Diagnostics

@Suite struct KeyTextTests {
  private static let digits = String(repeating: "0a", count: 32)

  @Test(
    "a key line, or 64 digits that stand alone, is a key",
    arguments: [
      digits, "  \(digits)", "region: {credential: \(digits)}", "region: \"\(digits)\"",
      digits.uppercased(), "koppel-half-1 region.1 1/1 00", "x=koppel-signing-1 log.1",
    ]
  )
  func keys(text: String) { #expect(holdsKey(text)) }

  @Test(
    "a digest, a part of a name and other lengths are no key",
    arguments: [
      "", "region", String(digits.dropLast()), digits + "0", "in/\(digits).csv", "a_\(digits)",
      "sha256: \(digits)", "sha256-\(digits)", "koppel-half", "x\(digits)",
    ]
  )
  func others(text: String) { #expect(!holdsKey(text)) }

  @Test("a masked text keeps its length and none of the digits")
  func masked() {
    let text = "region: {credential: \(Self.digits)} # é"
    let masked = maskedKeys(text)
    #expect(masked.count == text.count)
    #expect(masked == "region: {credential: \(String(repeating: "*", count: 64))} # é")
    #expect(
      maskedKeys("koppel-half-1 region.1 1/1 0123456789") == "koppel-half-1 region.1 1/1 **********"
    )
    #expect(
      maskedKeys("release: 2026-08, c2c509be6c8ac6f9") == "release: 2026-08, c2c509be6c8ac6f9"
    )
  }
}
