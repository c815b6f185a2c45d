import Cryptography
import Diagnostics
import Foundation
import Glibc
import Testing

@testable import Files

@Suite struct KeyFileTests {
  /// 32 bytes 00…1f, made with another implementation.
  static let secret = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
  static let before = "koppel-half-1 region.1 1/1 \(secret) "

  static func line(_ before: String = before) throws -> String {
    before + lowerHex(try sha256(of: Array(before.utf8)).prefix(4)) + "\n"
  }

  @Test("a made key can be loaded, has mode 0400 in a folder of 0700, and is one line")
  func madeKey() throws {
    let folder = try KeyFolder()
    let path = folder.file("a/b/region.key")
    let made = try KeyFile.create(name: "region", generation: 3, at: path)
    let loaded = try KeyFile.load(.whole(.file(path)), sample: false, forbiddenFolders: [])
    #expect(loaded.root.fingerprint == made.root.fingerprint)
    #expect(loaded.id == "region.3" && !loaded.isDemo)
    var status = stat()
    #expect(unsafe stat(path, &status) == 0)
    #expect(status.st_mode & 0o7777 == 0o400 && status.st_nlink == 1)
    #expect(unsafe stat(folder.file("a"), &status) == 0)
    #expect(status.st_mode & 0o7777 == 0o700)
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let form = try Regex("koppel-half-1 region\\.3 1/1 [0-9a-f]{64} [0-9a-f]{8}\\n")
    #expect(text.wholeMatch(of: form) != nil)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("a/b")).count == 1)
  }

  @Test("two made keys differ")
  func madeKeysDiffer() throws {
    let folder = try KeyFolder()
    let first = try KeyFile.create(name: "region", at: folder.file("one"))
    let second = try KeyFile.create(name: "region", at: folder.file("two"))
    #expect(first.root.fingerprint != second.root.fingerprint)
  }

  @Test("a key is never replaced, and a name of another form is refused")
  func neverReplaced() throws {
    let folder = try KeyFolder()
    let path = try folder.write("anything")
    #expect(throws: KeyError.exists(path: path)) {
      try KeyFile.create(name: "region", at: path)
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "anything")
    for (name, generation) in [("", 1), ("Region", 1), ("a.b", 1), ("a b", 1), ("a", 0), ("1", 1)] {
      #expect(throws: KeyError.newName(name, generation: generation)) {
        try KeyFile.create(name: name, generation: generation, at: folder.file("new"))
      }
    }
    #expect(!FileManager.default.fileExists(atPath: folder.file("new")))
  }

  @Test("the line of the design gives the fingerprint of the second implementation")
  func knownLine() throws {
    let folder = try KeyFolder()
    for (number, mode) in [mode_t(0o400), 0o600].enumerated() {
      let path = try folder.write(Self.line(), to: "key\(number)", mode: mode)
      let key = try KeyFile.load(.whole(.file(path)), sample: false, forbiddenFolders: [])
      #expect(key.root.fingerprint == "4a87a90e3b88d749")
      #expect(key.name == "region" && key.generation == 1)
    }
  }

  @Test("every mode but 0400 and 0600 is refused")
  func modes() throws {
    let folder = try KeyFolder()
    let path = try folder.write(Self.line())
    for mode in mode_t(0)...0o7777 where ![0o400, 0o600].contains(mode) {
      guard unsafe chmod(path, mode) == 0 else { continue }
      let expected = KeyFault.mode(found: mode, isCredential: false)
      #expect(folder.fault(path) == expected, "mode \(mode)")
    }
  }

  @Test("what is not there, not a file, a link or has two names is refused, each by its state")
  func states() throws {
    let folder = try KeyFolder()
    let path = try folder.write(Self.line())
    #expect(folder.fault(folder.file("none")) == .missing)
    #expect(folder.fault(folder.file("none/key")) == .folderMissing)
    #expect(folder.fault(path + "/key") == .folderMissing)
    #expect(folder.fault(folder.path) == .notRegular(.folder))
    try #require(unsafe mkfifo(folder.file("pipe"), 0o400) == 0)
    #expect(folder.fault(folder.file("pipe")) == .notRegular(.pipe))
    try #require(unsafe symlink("key", folder.file("link")) == 0)
    #expect(folder.fault(folder.file("link")) == .symbolicLink)
    try #require(unsafe link(path, folder.file("second")) == 0)
    #expect(folder.fault(path) == .hardLinks(count: 2))
  }

  @Test("a folder that others can write to is refused unless it is sticky")
  func folders() throws {
    let folder = try KeyFolder()
    let path = try folder.write(Self.line())
    for (mode, refused) in [
      (mode_t(0o700), false), (0o755, false), (0o770, true), (0o720, true), (0o702, true),
      (0o777, true), (0o1777, false), (0o1770, false),
    ] {
      try #require(unsafe chmod(folder.path, mode) == 0)
      let expected = KeyFault.folderWritable(folder: folder.path, mode: mode)
      #expect(folder.fault(path) == (refused ? expected : nil), "mode \(mode)")
    }
  }

  @Test("file or folder of another user is refused", .enabled(if: geteuid() == 0))
  func owners() throws {
    let folder = try KeyFolder()
    let path = try folder.write(Self.line())
    try #require(unsafe chown(path, 12345, 0) == 0)
    #expect(folder.fault(path) == .owner(user: 12345))
    try #require(unsafe chown(path, 0, 0) == 0)
    try #require(unsafe chown(folder.path, 12345, 0) == 0)
    #expect(folder.fault(path) == .folderOwner(folder: folder.path, user: 12345))
  }

  @Test("who owns what is judged by the user of the process and root")
  func custodyByUser() {
    let custody = KeyCustody(path: "/k", isCredential: true, user: 1000)
    var status = stat()
    status.st_nlink = 1
    for (owner, mode, trusted) in [
      (uid_t(1000), mode_t(0o400), true), (0, 0o400, true), (0, 0o440, true), (1000, 0o440, false),
      (1001, 0o400, false), (0, 0o444, false),
    ] {
      status.st_uid = owner
      status.st_mode = S_IFREG | mode
      #expect((custody.fault(of: status) == nil) == trusted, "owner \(owner), mode \(mode)")
    }
  }

  @Test("a key inside a folder of data or pipelines is refused, also through links")
  func inside() throws {
    let folder = try KeyFolder()
    let path = folder.file("pipelines/keys/region.key")
    try KeyFile.create(name: "region", at: path)
    let pipelines = folder.file("pipelines")
    #expect(folder.fault(path, forbidden: [pipelines]) == .inside(folder: pipelines))
    #expect(folder.fault(path, forbidden: [pipelines + "/keys/."]) != nil)
    #expect(folder.fault(path, forbidden: [folder.file("pipe"), folder.file("out"), "/"]) == nil)
    #expect(folder.fault(path, forbidden: [folder.file("pipe*s/x")]) != nil)
    #expect(folder.fault(path, forbidden: [folder.file("out/*/x"), "/*/x"]) == nil)
    try #require(unsafe symlink(pipelines, folder.file("elsewhere")) == 0)
    let through = folder.file("elsewhere/keys/region.key")
    #expect(folder.fault(through, forbidden: [pipelines]) == .inside(folder: pipelines))
    #expect(folder.fault(path, forbidden: [folder.file("elsewhere")]) != nil)
  }

  @Test("a demo key is for made-up data only, and may then lie beside the pipeline")
  func demo() throws {
    let folder = try KeyFolder()
    let path = folder.file(".koppel/demo.key")
    try KeyFile.create(name: "demo", at: path)
    #expect(folder.fault(path) == .demo)
    #expect(folder.fault(path, sample: true, forbidden: [folder.path]) == nil)
    let key = try KeyFile.load(.whole(.file(path)), sample: true, forbiddenFolders: [folder.path])
    #expect(key.isDemo && key.id == "demo.1")
  }

  @Test("a half and a key of zeros are refused")
  func halvesAndZeros() throws {
    let folder = try KeyFolder()
    let half = try folder.write(Self.line("koppel-half-1 region.1 2/2 \(Self.secret) "), to: "half")
    #expect(folder.fault(half) == .half(part: 2, parts: 2))
    let zeros = String(repeating: "0", count: 64)
    let zero = try folder.write(Self.line("koppel-half-1 region.1 1/1 \(zeros) "), to: "zero")
    #expect(folder.fault(zero) == .allZero)
  }

  @Test("every changed character of a key line is noticed, and so is every cut")
  func everyCharacter() throws {
    let folder = try KeyFolder()
    let path = folder.file("key")
    let line = Array(try Self.line().utf8)
    for place in line.indices {
      for byte in [line[place] ^ 1, 0x20, 0x0A, 0x00, 0xC3] where byte != line[place] {
        var changed = line
        changed[place] = byte
        _ = unsafe unlink(path)
        _ = try folder.write(String(decoding: changed, as: UTF8.self))
        #expect(folder.fault(path) != nil, "place \(place), byte \(byte)")
      }
    }
    for count in 0..<line.count - 1 {
      _ = unsafe unlink(path)
      _ = try folder.write(String(decoding: line[..<count], as: UTF8.self))
      #expect(folder.fault(path) != nil, "cut at \(count)")
    }
  }

  @Test("a line of another form is refused by what is wrong with it")
  func forms() throws {
    let folder = try KeyFolder()
    let secret = Self.secret
    let cases: [(String, KeyFault)] = [
      ("", .notOneLine(byteCount: 0)),
      ("\n", .notOneLine(byteCount: 1)),
      (try Self.line() + "\n", .notOneLine(byteCount: 102)),
      (String(repeating: "x", count: 4000), .notOneLine(byteCount: 4000)),
      (secret, .form(.kind)),
      ("koppel-half-2 a.1 1/1 \(secret) 00000000", .form(.kind)),
      ("koppel-half-1 a.1 1/1 \(secret)", .form(.fieldCount(4, expected: 5))),
      ("koppel-half-1 a 1/1 \(secret) 00000000", .form(.name)),
      ("koppel-half-1 a.01 1/1 \(secret) 00000000", .form(.name)),
      ("koppel-half-1 a.1 1/3 \(secret) 00000000", .form(.part)),
      ("koppel-half-1 a.1 1/1 \(secret.dropLast()) 00000000", .form(.secret(count: 63))),
      ("koppel-half-1 a.1 1/1 \(secret.uppercased()) 00000000", .form(.secret(count: 64))),
      ("koppel-half-1 a.1 1/1 \(secret) 0000000", .form(.check)),
      ("koppel-half-1 a.1 1/1 \(secret) 00000000", .check),
      ("koppel-signing-1 a.1 1/1 \(secret) 00000000", .form(.fieldCount(5, expected: 4))),
    ]
    for (number, (text, expected)) in cases.enumerated() {
      let path = try folder.write(text, to: "key\(number)")
      #expect(folder.fault(path) == expected, "case \(number)")
    }
  }

  @Test("a credential lies in the folder that systemd names")
  func credential() throws {
    let folder = try KeyFolder()
    _ = try folder.write(Self.line(), to: "koppel-region")
    func load(_ name: String, _ credentials: String?) throws -> LoadedKey {
      try KeyFile.load(
        .whole(.credential(name)),
        sample: false,
        forbiddenFolders: [],
        credentialsFolder: credentials
      )
    }
    #expect(try load("koppel-region", folder.path).root.fingerprint == "4a87a90e3b88d749")
    #expect(throws: KeyError.noCredentials(name: "koppel-region")) {
      try load("koppel-region", nil)
    }
    #expect(throws: KeyError.noCredentials(name: "koppel-region")) {
      try load("koppel-region", "relative")
    }
    #expect(throws: KeyError.refused(.missing, path: folder.file("other"))) {
      try load("other", folder.path)
    }
    for name in ["", ".", "..", "../x", "a/b"] {
      #expect(throws: KeyError.credentialName(name)) { try load(name, folder.path) }
    }
  }

  @Test("no message holds a part of the secret")
  func messagesHoldNoSecret() throws {
    let folder = try KeyFolder()
    let path = try folder.write(Self.before + "00000000")
    do {
      _ = try KeyFile.load(.whole(.file(path)), sample: false, forbiddenFolders: [])
      Issue.record("a wrong check was taken")
    } catch {
      let text = error.diagnostics.map(\.text).joined() + String(reflecting: error)
      for start in stride(from: 0, to: 60, by: 4) {
        let piece = Self.secret.dropFirst(start).prefix(8)
        #expect(!text.contains(piece))
      }
      #expect(text.contains(path))
    }
  }
}
