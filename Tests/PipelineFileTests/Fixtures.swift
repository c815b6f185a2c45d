import Diagnostics
import Tabular
import Testing

@testable import PipelineFile

/// The folder of the repository.
let repository = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }

let today = CivilDate(dayNumber: 20_700)

/// A small valid pipeline that most tests change one line of.
let smallPipeline = """
  koppel: 1
  pipeline: small
  owner: someone
  purpose: {text: Testing, basis: made-up data}
  sample: true
  period: {unit: month, default: 2026-08}
  keys:
    region: {file: demo.key}
  ingest:
    register:
      domain: municipal
      read: csv
      files: register.csv
      columns:
        bsn: {type: bsn, required: true}
        surname: {type: name}
        birth_date: {type: partial-date}
        sex: {type: code, values: {M: male, V: female}}
        postcode: {type: postcode}
        area: {type: text, pattern: "BU[0-9]{4}"}
    care:
      domain: care
      read: csv
      files: care/{period}.csv
      columns:
        bsn: {type: bsn}
        care_type: {type: code}
        date: {type: date}
        amount: {type: money, unit: cent, range: 0..99999999}
    support:
      domain: social
      read: iwmo
      files: support/*.xml
      columns:
        care_type: {from: product, as: "wmo:{}"}
  pseudonymise:
    key: region
    release: "{pipeline}/{period}"
    columns:
      bsn: {token: person}
      surname: {token: surname}
      birth_date: {token: birth-date, keep: year}
      postcode: {token: postcode, keep: pc4}
      sex: keep
      area: keep
      care_type: keep
      message: keep
      date: keep
      amount: keep
  link:
    spine: register
    exact:
      - {on: [bsn], unless: birth_date and sex differ}
      - {on: [surname, birth_date, sex, postcode]}
    assign: {support: one-to-one}
    unlinked: {keep: separate, warn_above: 2 %, fail_above: 5 %}
  aggregate:
    persons:
      age: years from birth_date_year to {period.end}
      age_band: band(age, 0, 18, 65)
      recent: care.max(date) > {period.start} and postcode_pc4 != 9999
    tables:
      use:
        by: [area, age_band]
        totals: [area]
        measure:
          residents: count
          in_care: count where care.count > 0 or recent
          costs: sum care.amount
      contacts:
        rows: [care, support]
        by: [area, care_type]
        measure: {persons: count, n: rows, costs: sum amount}
    protect: {minimum: 10, method: hide}
  publish:
    to: out/{period}
    tables: [use, contacts]

  """

/// What `check` would tell of a pipeline file.
func faults(of text: String, settings: [String: String] = [:]) -> [Diagnostic] {
  do {
    _ = try PipelineLoader.load(
      bytes: Array(text.utf8),
      path: "small.yaml",
      settings: settings,
      today: today
    )
    return []
  } catch {
    return error.diagnostics
  }
}

/// The line and column, from 1, at which a text begins for the first time.
func place(of wanted: String, in text: String) -> Place? {
  guard let range = text.firstRange(of: wanted) else { return nil }
  let lines = text[..<range.lowerBound].split(separator: "\n", omittingEmptySubsequences: false)
  return Place(
    file: "small.yaml",
    line: lines.count,
    column: (lines.last?.unicodeScalars.count ?? 0) + 1
  )
}

/// The same with a rate in its table of persons.
let ratedPipeline = smallPipeline.replacing(
  "costs: sum care.amount",
  with: "costs: sum care.amount\n        rate: in_care per 1000 residents"
)
