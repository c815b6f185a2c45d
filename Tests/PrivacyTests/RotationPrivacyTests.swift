import Foundation
import TestSupport
import Testing

@Suite("The tokens of two releases of 10,000 persons")
struct RotationPrivacyTests {
  @Test("share none, nor do those before and after a rotation, and no link is lost")
  func intersectionIsEmpty() throws {
    let folder = try TemporaryFolder()
    try Self.plant(in: folder)
    func koppel(_ arguments: [String]) throws -> String {
      let run = try runKoppel(arguments, in: folder.path)
      #expect(run.status == 0, "\(run.standardError)")
      return run.standardError + run.standardOutput
    }
    _ = try koppel(["key", "new", "region", "--to", "safe/region.key"])
    func night(_ month: Int) throws -> Set<Substring> {
      let told = try koppel(["run", "p/p.yaml", "--set", "month=\(month)"])
      #expect(told.contains("care: 10,000 rows linked, 0 unlinked"), "\(told)")
      var tokens: Set<Substring> = []
      for source in ["register", "care"] {
        let path = "p/.koppel/rotation/staging/\(source).staged"
        let shown = try koppel(["show", path, "--identities", "--format", "csv"])
        let words = shown.split { !($0.isLetter || $0.isNumber) }
        tokens.formUnion(words.filter { $0.utf8.count == 27 && $0.first == "r" })
      }
      return tokens
    }
    let before = try night(8)
    #expect(before.count > 29_000)
    let rotate = ["key", "rotate", "p/p.yaml", "region", "--set", "month=8"]
    _ = try koppel(rotate + ["--to", "safe/region-2.key"])
    // One more resident, so that all is read anew under the old key and the wrap.
    let register = try folder.bytes(of: "p/register.csv")
    try folder.write(
      register + Array("999990019;Anders;1950-01-31;7001AB\n".utf8),
      to: "p/register.csv"
    )
    let wrapped = try night(8)
    #expect(wrapped.count >= before.count)
    #expect(wrapped.isDisjoint(with: before))
    let later = try night(9)
    #expect(later.count >= before.count)
    #expect(later.isDisjoint(with: before))
    #expect(later.isDisjoint(with: wrapped))
  }

  private static func plant(in folder: TemporaryFolder) throws {
    var register = "bsn;surname;birth_date;postcode\n"
    var care = "bsn;surname;birth_date;amount\n"
    for person in Canary.flock(10_000, seed: 77) {
      register += "\(person.bsn);\(person.surname);\(person.birthDate);\(person.postcode)\n"
      care += "\(person.bsn);\(person.surname);\(person.birthDate);100\n"
    }
    try folder.write(register.utf8, to: "p/register.csv")
    try folder.write(care.utf8, to: "p/care.csv")
    try folder.write(pipeline.utf8, to: "p/p.yaml")
  }

  private static let pipeline = """
    koppel: 1
    pipeline: rotation
    owner: tests
    purpose: {text: tests, basis: made-up data}
    sample: true
    keys:
      region: {file: ../safe/region.key}
    ingest:
      register:
        domain: municipal
        read: csv
        files: register.csv
        columns:
          bsn:        {type: bsn, required: true}
          surname:    {type: name, required: true}
          birth_date: {type: date, required: true}
          postcode:   {type: postcode}
      care:
        domain: care
        read: csv
        files: care.csv
        columns:
          bsn:        {type: bsn, required: true}
          surname:    {type: name, required: true}
          birth_date: {type: date, required: true}
          amount:     {type: money, unit: cent}
    pseudonymise:
      key: region
      release: "{pipeline}/{month}"
      columns:
        bsn:        {token: person}
        surname:    {token: surname}
        birth_date: {token: birth-date, keep: year}
        postcode:   {token: postcode}
        amount:     keep
    link:
      spine: register
      exact:
        - {on: [bsn]}
    aggregate:
      tables:
        use:
          by: [birth_date_year]
          measure: {residents: count, cost: sum care.amount}
      protect: {minimum: 10, method: hide}
    publish:
      to: out
      tables: [use]

    """
}
