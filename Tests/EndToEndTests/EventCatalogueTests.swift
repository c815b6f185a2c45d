import Foundation
import PrivacyLog
import TestSupport
import Testing

@Suite("The closed set of events")
struct EventCatalogueTests {
  @Test("holds no event that koppel never writes")
  func allAreWritten() throws {
    let region = try HandOverRegion(surname: "{bloom: surname}")
    let folder = region.folder
    func koppel(_ arguments: String..., exit: Int32 = 0) throws {
      let run = try runKoppel(arguments, in: folder.path)
      #expect(run.status == exit, "\(arguments): \(run.standardError)")
    }
    // A supplier and a region, twice; then with one person less, another policy and half a line.
    #expect(try region.runSupplier().status == 0)
    try region.writeRegion(.clear)
    for _ in 0..<2 { #expect(try region.runRegion(.clear).status == 0) }
    try region.writeRegion(.mixed)
    #expect(try region.runRegion(.mixed).status == 0)
    let register = String(decoding: try folder.bytes(of: "supplier/in/register.csv"), as: UTF8.self)
    try folder.write(
      register.split(separator: "\n").dropLast().joined(separator: "\n").utf8,
      to: "supplier/in/register.csv"
    )
    let pipeline = String(decoding: try folder.bytes(of: "region/clear.yaml"), as: UTF8.self)
    try folder.write((pipeline + "\n# another policy\n").utf8, to: "region/clear.yaml")
    let log = "work-clear/privacy.log"
    try folder.write(folder.bytes(of: log) + Array("{\"eve".utf8), to: log)
    #expect(try region.runRegion(.clear).status == 0)
    try folder.write("\(region.numbers[3])\n".utf8, to: "number")
    let asked = try runCommand(
      "/bin/sh",
      [
        "-c", #"exec "$0" "$@" < number"#, koppelPath(), "log", "show", "--subject", "-",
        "region/clear.yaml", "--work", "work-clear",
      ],
      in: folder.path
    )
    #expect(asked.status == 0, "\(asked.standardError)")
    // Numbers in a column that is kept, then a key that others can read.
    let care = String(decoding: try folder.bytes(of: "supplier/in/care.csv"), as: UTF8.self)
    let planted = region.numbers.prefix(40).map { "\($0);2026-08-10;1.00;gp;\($0)" }
    try folder.write((care + planted.joined(separator: "\n")).utf8, to: "supplier/in/care.csv")
    #expect(try region.runRegion(.clear).status == 77)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o644],
      ofItemAtPath: folder.file("keys/region/demo.key")
    )
    #expect(try region.runRegion(.clear).status == 77)

    // The life of a key.
    let keys = repositoryRoot() + "/Tests/EndToEndTests/Scripts/keys"
    try FileManager.default.copyItem(atPath: keys, toPath: folder.file("rotated"))
    try koppel("key", "new", "region", "--to", "safe/region.key")
    try koppel("run", "rotated/keys.yaml", "--set", "month=8")
    try koppel(
      "key",
      "rotate",
      "rotated/keys.yaml",
      "region",
      "--to",
      "safe/region-2.key",
      "--set",
      "month=8"
    )
    try koppel("key", "rotate", "rotated/keys.yaml", "region", "--finish", "--set", "month=8")
    try koppel(
      "key",
      "destroy",
      "rotated/keys.yaml",
      "region",
      "--generation",
      "1",
      "--yes",
      "--set",
      "month=8"
    )

    var written: Set<String> = []
    for log in ["work-supplier", "work-clear", "work-mixed", "rotated/.koppel/keys"] {
      var reader = try LogReader(path: folder.file("\(log)/privacy.log"))
      while let record = try reader.next() { written.insert(record.event.rawValue) }
    }
    #expect(LogEvent.allCases.filter { !written.contains($0.rawValue) } == [])
  }
}
