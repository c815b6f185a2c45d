import Cryptography
import Diagnostics
import Foundation
import Glibc
import Testing

@testable import Files

@Suite struct KeyHalvesTests {
  // The halves of the design, 20…3f and 40…5f.
  static let first = "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f"
  static let second = "404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f"

  private func load(_ first: String, _ second: String) throws(KeyError) -> LoadedKey {
    try KeyFile.load(.halves(.file(first), .file(second)), sample: false, forbiddenFolders: [])
  }

  private func fault(_ first: String, _ second: String) -> KeyFault? {
    do throws(KeyError) {
      _ = try load(first, second)
      return nil
    } catch {
      #expect(error.exitStatus == .privacyRefused)
      guard case .refused(let fault, _) = error else { return nil }
      return fault
    }
  }

  @Test("two halves give the root of the design, in whichever order they are named")
  func knownHalves() throws {
    let folder = try KeyFolder()
    let one = try folder.write(line: "koppel-half-1 region.1 1/2", Self.first, to: "a/half")
    let two = try folder.write(line: "koppel-half-1 region.1 2/2", Self.second, to: "b/half")
    #expect(try load(one, two).root.fingerprint == "c2c509be6c8ac6f9")
    #expect(try load(two, one).root.fingerprint == "c2c509be6c8ac6f9")
    #expect(try load(one, two).id == "region.1")
  }

  @Test("made halves fit together, and neither is a key by itself")
  func madeHalves() throws {
    let folder = try KeyFolder()
    let paths = ["a/half", "b/half"].map(folder.file)
    for (number, path) in paths.enumerated() {
      try KeyFile.createHalf(name: "region", generation: 2, part: number + 1, at: path)
    }
    #expect(try load(paths[0], paths[1]).id == "region.2")
    #expect(folder.fault(paths[0]) == .half(part: 1, parts: 2))
    #expect(throws: KeyError.newName("region", generation: 1)) {
      try KeyFile.createHalf(name: "region", generation: 1, part: 3, at: folder.file("c"))
    }
  }

  @Test("halves that share file, folder or bytes are not in two hands")
  func sharing() throws {
    let folder = try KeyFolder()
    let one = try folder.write(line: "koppel-half-1 region.1 1/2", Self.first, to: "a/half")
    let beside = try folder.write(line: "koppel-half-1 region.1 2/2", Self.second, to: "a/other")
    let same = try folder.write(line: "koppel-half-1 region.1 2/2", Self.first, to: "b/half")
    #expect(fault(one, one) == .sharedFile)
    #expect(fault(one, beside) == .sharedFolder(folder: folder.file("a")))
    #expect(fault(one, same) == .sharedBytes)
    try #require(unsafe symlink("a", folder.file("c")) == 0)
    #expect(fault(one, folder.file("c/half")) == .sharedFile)
    #expect(fault(one, folder.file("c/other")) == .sharedFolder(folder: folder.file("c")))
  }

  @Test("halves that do not belong together are refused, each by what is wrong")
  func belonging() throws {
    let folder = try KeyFolder()
    let one = try folder.write(line: "koppel-half-1 region.1 1/2", Self.first, to: "a/half")
    func other(_ opening: String, _ name: String) throws -> KeyFault? {
      fault(one, try folder.write(line: opening, Self.second, to: "\(name)/half"))
    }
    #expect(try other("koppel-half-1 region.1 1/2", "b") == .samePart(1))
    #expect(
      try other("koppel-half-1 region.2 2/2", "c")
        == .otherHalf(found: "region.2", expected: "region.1")
    )
    #expect(
      try other("koppel-half-1 other.1 2/2", "d")
        == .otherHalf(found: "other.1", expected: "region.1")
    )
    #expect(try other("koppel-half-1 region.1 1/1", "e") == .notHalf)
    #expect(try other("koppel-signing-1 region.1", "f") == .signing)
    let zeros = String(repeating: "0", count: 64)
    let zero = try folder.write(line: "koppel-half-1 region.1 2/2", zeros, to: "g/half")
    #expect(fault(one, zero) == .allZero)
  }

  @Test("the custody of each half is checked: a second name, a mode and a missing one are told")
  func custody() throws {
    let folder = try KeyFolder()
    let one = try folder.write(line: "koppel-half-1 region.1 1/2", Self.first, to: "a/half")
    let two = try folder.write(line: "koppel-half-1 region.1 2/2", Self.second, to: "b/half")
    #expect(fault(one, folder.file("b/none")) == .missing)
    try #require(unsafe chmod(two, 0o440) == 0)
    #expect(fault(one, two) == .mode(found: 0o440, isCredential: false))
    try #require(unsafe chmod(two, 0o400) == 0)
    try #require(unsafe link(two, folder.file("b/second")) == 0)
    #expect(fault(one, two) == .hardLinks(count: 2))
  }

  @Test("two credentials may lie in one folder: systemd brings them together")
  func credentials() throws {
    let folder = try KeyFolder()
    _ = try folder.write(line: "koppel-half-1 region.1 1/2", Self.first, to: "one")
    _ = try folder.write(line: "koppel-half-1 region.1 2/2", Self.second, to: "two")
    let key = try KeyFile.load(
      .halves(.credential("one"), .credential("two")),
      sample: false,
      forbiddenFolders: [],
      credentialsFolder: folder.path
    )
    #expect(key.root.fingerprint == "c2c509be6c8ac6f9")
  }

  @Test("a key that signs is no key for pseudonyms, nor the other way round")
  func signing() throws {
    let folder = try KeyFolder()
    let path = folder.file("log.key")
    try KeyFile.createSigning(name: "log", generation: 1, at: path)
    let (id, key) = try KeyFile.loadSigning(.file(path), forbiddenFolders: [])
    let signature = try key.sign([1, 2, 3])
    #expect(id == "log.1")
    #expect(try isValidSignature(signature, of: [1, 2, 3], publicKey: key.publicKey))
    #expect(folder.fault(path) == .signing)
    let region = folder.file("region.key")
    try KeyFile.create(name: "region", at: region)
    #expect(throws: KeyError.refused(.notSigning, path: region)) {
      try KeyFile.loadSigning(.file(region), forbiddenFolders: [])
    }
    #expect(throws: KeyError.refused(.inside(folder: folder.path), path: path)) {
      try KeyFile.loadSigning(.file(path), forbiddenFolders: [folder.path])
    }
  }

  @Test("the seed of a signing key is that of RFC 8032, section 7.1, test 1")
  func knownSeed() throws {
    let folder = try KeyFolder()
    let seed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
    let path = try folder.write(line: "koppel-signing-1 log.1", seed, to: "log.key")
    let key = try KeyFile.loadSigning(.file(path), forbiddenFolders: []).key
    #expect(
      lowerHex(key.publicKey)
        == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    )
  }
}
