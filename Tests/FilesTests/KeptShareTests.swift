import Diagnostics
import Glibc
import Testing

@testable import Files

@Suite("A percentage that a credential holds") struct KeptShareTests {
  private static func load(_ name: String, in folder: String?) throws -> Double {
    try KeptShare.load(credential: name, credentialsFolder: folder) { text in
      text.hasSuffix(" %") ? Double(text.dropLast(2)).map { $0 / 100 } : nil
    }
  }

  @Test("one line is read, with its end or without", arguments: ["12.5 %", "12.5 %\n"])
  func reads(text: String) throws {
    let folder = try KeyFolder()
    _ = try folder.write(text, to: "p")
    #expect(try Self.load("p", in: folder.path) == 0.125)
  }

  @Test(
    "what is no percentage is refused, and not told",
    arguments: ["nonsense", "0.0 %", "12.5", "12.5 %\n\n", "12.5 % 3 %"]
  )
  func refuses(text: String) throws {
    let folder = try KeyFolder()
    let path = try folder.write(text, to: "p")
    let error = KeyError.refused(.notShare, path: path)
    #expect(throws: error) { try Self.load("p", in: folder.path) }
    for diagnostic in error.diagnostics { #expect(!diagnostic.text.contains(text)) }
    #expect(error.exitStatus == .privacyRefused)
  }

  @Test("it is kept as a key is") func custody() throws {
    let folder = try KeyFolder()
    let path = try folder.write("12.5 %", to: "p")
    #expect(throws: KeyError.refused(.missing, path: folder.file("q"))) {
      try Self.load("q", in: folder.path)
    }
    #expect(throws: KeyError.noCredentials(name: "p")) { try Self.load("p", in: nil) }
    #expect(throws: KeyError.credentialName("../p")) { try Self.load("../p", in: folder.path) }
    _ = unsafe chmod(path, 0o644)
    #expect(throws: KeyError.refused(.mode(found: 0o644, isCredential: true), path: path)) {
      try Self.load("p", in: folder.path)
    }
  }
}
