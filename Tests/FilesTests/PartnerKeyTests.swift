import Cryptography
import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Files

@Suite("Secrets that partners share")
struct PartnerKeyTests {
  private static func secret(_ text: String) throws -> SecretBytes {
    let bytes = Array(text.utf8)
    return try unsafe bytes.span.withUnsafeBytes { try unsafe SecretBytes(copying: $0) }
  }

  private func fault(_ path: String, sample: Bool = false) -> KeyFault? {
    do throws(KeyError) {
      _ = try KeyFile.loadPartner(.file(path), sample: sample, forbiddenFolders: [])
      return nil
    } catch {
      #expect(error.exitStatus == .privacyRefused)
      #expect(error.diagnostics.first?.hint?.isEmpty == false)
      guard case .refused(let fault, _) = error else { return nil }
      return fault
    }
  }

  @Test(
    "a secret that is made has 64 hexadecimal digits, and is no key of pseudonyms or of the log"
  )
  func makesSecrets() throws {
    let folder = try KeyFolder()
    let path = folder.file("partner.key")
    try KeyFile.createPartner(name: "partner", generation: 2, secret: nil, at: path)
    let (id, secret) = try KeyFile.loadPartner(.file(path), sample: false, forbiddenFolders: [])
    #expect(id == "partner.2" && secret.count == 64)
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let form = try Regex("koppel-partner-1 partner\\.2 [0-9a-f]{64} [0-9a-f]{8}\\n")
    #expect(text.wholeMatch(of: form) != nil)
    let written = String(text.dropFirst(27).prefix(64))
    #expect(secret.isEqual(to: try Self.secret(written)))
    #expect(folder.fault(path) == .partner)
    #expect(throws: KeyError.refused(.notSigning, path: path)) {
      try KeyFile.loadSigning(.file(path), forbiddenFolders: [])
    }
    #expect(throws: KeyError.refused(.inside(folder: folder.path), path: path)) {
      try KeyFile.loadPartner(.file(path), sample: true, forbiddenFolders: [folder.path])
    }
  }

  @Test("a key of pseudonyms is never shared with a partner, whole, half or for made-up data")
  func refusesRoots() throws {
    let folder = try KeyFolder()
    for (name, part) in [("region", "1/1"), ("half", "1/2"), ("demo", "1/1")] {
      let path = try folder.write(
        line: "koppel-half-1 \(name).1 \(part)",
        KeyFileTests.secret,
        to: "\(name)/key"
      )
      #expect(fault(path, sample: true) == .notPartner)
    }
    let signing = folder.file("signing/key")
    try KeyFile.createSigning(name: "log", generation: 1, at: signing)
    #expect(fault(signing) == .notPartner)
  }

  @Test("the partner's own secret is taken as it is; a short one is for made-up data alone")
  func takesGivenSecrets() throws {
    let folder = try KeyFolder()
    for text in ["s", "correct-horse:battery", String(repeating: "x", count: 128)] {
      let path = folder.file("\(text.count)/key")
      try KeyFile.createPartner(
        name: "partner",
        generation: 1,
        secret: Self.secret(text),
        at: path
      )
      let found = try KeyFile.loadPartner(.file(path), sample: true, forbiddenFolders: [])
      #expect(found.secret.isEqual(to: try Self.secret(text)))
      #expect(fault(path) == (text == "s" ? .shortSecret(count: 1, expected: 16) : nil))
    }
    for text in ["", "two words", "caf\u{E9}", String(repeating: "x", count: 129)] {
      #expect(throws: KeyError.self, "\(text.count)") {
        try KeyFile.createPartner(
          name: "partner",
          generation: 1,
          secret: Self.secret(text),
          at: folder.file("other")
        )
      }
    }
    let changed = try folder.write("koppel-partner-1 partner.1 secret 00000000\n", to: "changed")
    #expect(fault(changed, sample: true) == .check)
    let long = try folder.write(
      line: "koppel-partner-1 partner.1",
      String(repeating: "x", count: 129),
      to: "long/key"
    )
    #expect(fault(long, sample: true) == .form(.text(count: 129)))
  }

  @Test("a waiting copy appears when it is placed, for its owner alone, and else leaves nothing")
  func placesCopies() throws {
    let folder = try TemporaryFolder()
    let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 * 7) }
    try folder.write(bytes, to: "staged")
    try folder.write("old".utf8, to: "out/a.json")
    do {
      let pending = try PendingFile(copying: folder.file("staged"), to: folder.file("out/a.json"))
      #expect(try folder.bytes(of: "out/a.json") == Array("old".utf8))
      #expect(try namesInFolder(folder.file("out")).count == 2)
      withExtendedLifetime(pending) {}
    }
    #expect(try namesInFolder(folder.file("out")) == ["a.json"])
    let pending = try PendingFile(copying: folder.file("staged"), to: folder.file("new/b.json"))
    try pending.place()
    #expect(try folder.bytes(of: "new/b.json") == bytes)
    #expect(try namesInFolder(folder.file("new")) == ["b.json"])
    let mode = try FileManager.default.attributesOfItem(atPath: folder.file("new/b.json"))[
      .posixPermissions
    ]
    #expect(mode as? Int == 0o600)
    try folder.write("left".utf8, to: "new/.b.json.new")
    PendingFile.clean(folder.file("new/b.json"))
    #expect(try namesInFolder(folder.file("new")) == ["b.json"])
    #expect(throws: FilesError.self) {
      try PendingFile(copying: folder.file("nothing"), to: folder.file("out/c.json"))
    }
    #expect(try namesInFolder(folder.file("out")) == ["a.json"])
  }
}
