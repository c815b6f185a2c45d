import Testing

@testable import NightlyRun

@Suite("The digest beside a file")
struct ChecksumTests {
  private static let one = String(repeating: "0a", count: 32)
  private static let two = String(repeating: "1b", count: 32)

  @Test(
    "is found in whatever form it is written",
    arguments: [
      one, one + "\n", one.uppercased() + "\r\n", one + "  a.csv\n", one + " *a.csv\n",
      "\\" + one + "  a.csv\n", one + "  ./inbox/a.csv\n", one + "  other.csv\n",
      two + "  b.csv\n" + one + "  a.csv\n", two + "  ba.csv\n" + one + "  x/a.csv",
      "# digests\n" + one + "  a.csv\n", one + "  a.csv  \n",
      "\u{FEFF}" + one + "  a.csv\n", "SHA256 (a.csv) = " + one + "\n",
      "SHA2-256(b.csv)= " + two + "\nSHA2-256(in/a.csv)= " + one.uppercased() + "\n",
    ]
  )
  func found(text: String) {
    #expect(Night.checksum(of: "a.csv", in: Array(text.utf8)) == Self.one)
  }

  @Test(
    "is none where there is none, or where several could be meant",
    arguments: [
      "", "\n", "a.csv", String(one.dropLast()), one + "0", "g" + one.dropFirst(),
      one + "  b.csv\n" + two + "  c.csv\n", one + "  ba.csv\n" + two + "  aa.csv\n",
    ]
  )
  func none(text: String) {
    #expect(Night.checksum(of: "a.csv", in: Array(text.utf8)) == nil)
  }
}
