import Foundation
import Glibc
import TestSupport
import Testing

@Suite("A key that is not kept as it must be")
struct CustodyTests {
  @Test(
    "is refused with 77 and a message of its own, and no table appears",
    arguments: CustodyTests.cases
  )
  func refused(state: CustodyCase) throws {
    if state.needsRoot && getuid() != 0 { return }
    let place = try CustodyCase.Place()
    try state.arrange(place)
    try? FileManager.default.removeItem(atPath: place.folder.file("keys/out"))
    let run = try place.run()
    #expect(run.status == 77, "\(run.status): \(run.standardError)")
    #expect(run.standardError.contains(state.sentence), "\(run.standardError)")
    #expect(run.standardError.contains("hint: "))
    #expect(!FileManager.default.fileExists(atPath: place.folder.file("keys/out")))
    // Neither messages nor what is written tell a byte of a key.
    #expect(!run.standardError.contains(Self.secret.prefix(16)))
    for other in Self.cases where other.state != state.state {
      #expect(!run.standardError.contains(other.sentence), "it also says: \(other.sentence)")
    }
  }

  private static let secret = String(repeating: "0123456789abcdef", count: 4)

  static let cases: [CustodyCase] = files + halves + credentials + records + given

  private static let files: [CustodyCase] = [
    CustodyCase("group-readable", "key file with mode 0440") { place in
      try place.make()
      try place.shell("chmod 440 safe/region.key")
    },
    CustodyCase("other owner", "found key file of user 65534", needsRoot: true) { place in
      try place.make()
      try place.shell("chown 65534 safe/region.key")
    },
    CustodyCase("symbolic link", "found a symbolic link, expected the key file itself") { place in
      try place.make("safe/other.key")
      try place.shell("ln -s other.key safe/region.key")
    },
    CustodyCase("folder", "found a folder, expected a key file") { place in
      try place.shell("mkdir -p safe/region.key; chmod 700 safe")
    },
    CustodyCase("pipe", "found a pipe, expected a key file") { place in
      try place.shell("mkdir -m 700 safe; mkfifo -m 600 safe/region.key")
    },
    CustodyCase("second hard link", "with 2 names (hard links)") { place in
      try place.make()
      try place.shell("ln safe/region.key safe/other.key")
    },
    CustodyCase("folder that others write to", "safe' with mode 0777") { place in
      try place.make()
      try place.shell("chmod 777 safe")
    },
    CustodyCase("folder of another", "safe' of user 65534", needsRoot: true) { place in
      try place.make()
      try place.shell("chown 65534 safe")
    },
    CustodyCase("in the pipeline's folder", "expected it apart from the pipeline") { place in
      try place.make("keys/in/region.key")
      place.keys = "region: {file: in/region.key}"
    },
    CustodyCase("missing", "safe/region.key: error: found no key file") { place in
      try place.shell("mkdir -m 700 safe")
    },
    CustodyCase("short", "found 40 characters of secret") { place in
      try place.write(text: "koppel-half-1 region.1 1/1 \(secret.prefix(40)) 01234567\n")
    },
    CustodyCase("empty", "found 0 bytes, expected one line") { place in
      try place.write(text: "")
    },
    CustodyCase("all-zero", "found a key of zeros") { place in
      try place.write(line: "koppel-half-1 region.1 1/1 \(String(repeating: "0", count: 64)) ")
    },
    CustodyCase("lost character", "a character was changed or lost") { place in
      try place.write(text: "koppel-half-1 region.1 1/1 \(secret) 00000000\n")
    },
    CustodyCase("other kind of file", "found another kind of line") { place in
      try place.write(text: "age-secret-key-1 region.1 1/1 \(secret) 00000000\n")
    },
    CustodyCase("key that signs", "found a key that signs, expected a key for") { place in
      try place.make("safe/region.key", ["--signing"])
    },
    CustodyCase("a half alone", "found part 1 of 2 of a key, expected a whole key") { place in
      try place.make("safe/region.key", ["--part", "1/2"])
    },
    CustodyCase("a key for pseudonyms that is to sign", "expected one that signs") { place in
      try place.make()
      try place.make("safe/log.key")
      place.keys = "region: {file: ../safe/region.key}\n  log: {file: ../safe/log.key}"
    },
  ]

  private static let halves: [CustodyCase] = [
    CustodyCase("the same file for both halves", "found the same file for both halves") { place in
      try place.make("a/half", ["--part", "1/2"])
      place.keys = "region: {halves: [../a/half, ../a/half]}"
    },
    CustodyCase("both halves in one folder", "found both halves in folder") { place in
      try place.make("a/one", ["--part", "1/2"])
      try place.make("a/two", ["--part", "2/2"])
      place.keys = "region: {halves: [../a/one, ../a/two]}"
    },
    CustodyCase("the same part twice", "found part 1 of 2 twice") { place in
      try place.make("a/half", ["--part", "1/2"])
      try place.make("b/half", ["--part", "1/2"])
      place.keys = "region: {halves: [../a/half, ../b/half]}"
    },
    CustodyCase("halves of two keys", "expected the other half of region.1") { place in
      try place.make("a/half", ["--part", "1/2"])
      try place.make("b/half", ["--part", "2/2", "--generation", "2"])
      place.keys = "region: {halves: [../a/half, ../b/half]}"
    },
    CustodyCase("a whole key as a half", "found a key of one part, expected a half") { place in
      try place.make("a/half", ["--part", "1/2"])
      try place.make("b/half")
      place.keys = "region: {halves: [../a/half, ../b/half]}"
    },
    CustodyCase("a half that is not there", "b/half: error: found no key file") { place in
      try place.make("a/half", ["--part", "1/2"])
      try place.shell("mkdir -m 700 b")
      place.keys = "region: {halves: [../a/half, ../b/half]}"
    },
  ]

  private static let credentials: [CustodyCase] = [
    CustodyCase("a credential that is not there", "found no such credential") { place in
      try place.shell("mkdir -m 700 credentials")
      place.keys = "region: {credential: koppel-region}"
      place.environment["CREDENTIALS_DIRECTORY"] = place.folder.file("credentials")
    },
    CustodyCase("no credentials at all", "$CREDENTIALS_DIRECTORY is not set") { place in
      place.keys = "region: {credential: koppel-region}"
    },
  ]

  private static let records: [CustodyCase] = [
    CustodyCase("not yet valid", "is not yet valid: its first day is 2999-01-01") { place in
      try place.make(
        "safe/region.key",
        ["--for", "keys/keys.yaml", "--not-before", "2999-01-01", "--set", "month=8"]
      )
    },
    CustodyCase("expired", "has expired: its last day was 2001-01-01") { place in
      try place.make(
        "safe/region.key",
        ["--for", "keys/keys.yaml", "--not-after", "2001-01-01", "--set", "month=8"]
      )
    },
    CustodyCase("another fingerprint", "as at its first use") { place in
      try used(place)
      try place.shell("rm safe/region.key")
      try place.make()
    },
    CustodyCase("a generation that nobody made", "of which its record knows nothing") { place in
      try used(place)
      try place.shell("rm safe/region.key")
      try place.make("safe/region.key", ["--generation", "2"])
    },
    CustodyCase("retired", "is retired: another has taken its place") { place in
      try used(place)
      try changeState(place, "retired")
    },
    CustodyCase("destroyed", "is destroyed, and may not be used again") { place in
      try used(place)
      try changeState(place, "destroyed")
    },
    CustodyCase("a record that others write", "found a key record with mode 0622") { place in
      try used(place)
      try place.shell("chmod 622 keys/keys/region.key.json")
    },
    CustodyCase("a record of another", "found a key record of user 65534", needsRoot: true) {
      place in
      try used(place)
      try place.shell("chown 65534 keys/keys/region.key.json")
    },
    CustodyCase("a record in a folder that others write to", "keys/keys' with mode 0777") { place in
      try used(place)
      try place.shell("chmod 777 keys/keys")
    },
    CustodyCase("a record in another's folder", "keys/keys' of user 65534", needsRoot: true) {
      place in
      try used(place)
      try place.shell("chown 65534 keys/keys")
    },
    CustodyCase("a link to a record", "found a symbolic link, expected the key record") { place in
      try used(place)
      try place.shell("cd keys/keys; mv region.key.json other; ln -s other region.key.json")
    },
    CustodyCase("a record that is gone", "found no key record, expected one that knows") { place in
      try used(place)
      try place.shell("rm keys/keys/region.key.json")
    },
    CustodyCase("a record of before", "that region.1 is active, line") {
      place in
      try used(place)
      try place.shell("cp -a keys/keys/region.key.json before")
      try place.koppel(
        "key",
        "rotate",
        "keys/keys.yaml",
        "region",
        "--to",
        "safe/2.key",
        "--set",
        "month=8"
      )
      try place.koppel("run", "keys/keys.yaml", "--set", "month=9")
      try place.koppel("key", "rotate", "keys/keys.yaml", "region", "--finish", "--set", "month=9")
      try place.shell("cp -a before keys/keys/region.key.json")
    },
    CustodyCase("too often a day", "with the key, expected at most 1") { place in
      try used(place)
      try place.shell(
        "sed -i 's/\"daily_runs\": [0-9]*/\"daily_runs\": 1/' keys/keys/region.key.json"
      )
      try place.shell("grep -q '\"daily_runs\": 1' keys/keys/region.key.json")
    },
  ]

  private static let given: [CustodyCase] = [
    CustodyCase("in an argument", "found the bytes of a key in argument 6") { place in
      try place.make()
      place.arguments = ["--set", "other=\(secret)"]
    },
    CustodyCase("in the environment", "in the environment, as KOPPEL_KEY") { place in
      try place.make()
      place.environment["KOPPEL_KEY"] = secret
    },
    CustodyCase("a key line in any variable", "in the environment, as TOKEN") { place in
      try place.make()
      place.environment["TOKEN"] = "koppel-half-1 region.1 1/1 \(secret) 01234567"
    },
    CustodyCase("in the pipeline file", "found the bytes of a key in a pipeline file") { place in
      place.keys = "region: {file: \(secret)}"
    },
    CustodyCase("the demo key on real data", "found the demo key") { place in
      place.keys = "region: {file: demo.key}"
      _ = try place.run()
      place.isSample = false
    },
  ]

  private static func used(_ place: CustodyCase.Place) throws {
    try place.make()
    try place.koppel("run", "keys/keys.yaml", "--set", "month=8")
  }

  private static func changeState(_ place: CustodyCase.Place, _ state: String) throws {
    let path = "keys/keys/region.key.json"
    let text = String(decoding: try place.folder.bytes(of: path), as: UTF8.self)
    let changed = text.replacingOccurrences(of: "\"active\"", with: "\"\(state)\"")
    guard changed != text else { throw CanaryFailure("the record names no active generation") }
    try place.folder.write(changed.utf8, to: path)
  }
}
