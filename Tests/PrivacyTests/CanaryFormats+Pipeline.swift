import Foundation

/// What a steward would write to read all of it.
extension CanaryFormats {
  /// Each format is a source, of which any row and any file may be refused.
  private static func source(_ name: String, _ format: String, _ files: String, _ more: String = "")
    -> String
  {
    """
      \(name):
        domain: care
        read: \(format)
        files: in/\(files)
        rejects: {warn_above: 0 %, fail_above: 100 %}\(more.isEmpty ? "" : "\n    " + more)

    """
  }

  /// A pipeline of one source, which reads one file alone.
  static func pipeline(reading file: String, _ read: String) -> String {
    let columns = "columns: {bsn: {type: bsn, at: \"@bsn\"}, sex: {type: code, at: \"@sex\"}}"
    return """
      koppel: 1
      pipeline: broken
      owner: tests
      purpose: {text: tests, basis: made-up data}
      sample: true
      keys: {region: {file: demo.key}}
      ingest:
        alone:
          domain: care
          read: \(read.replacingOccurrences(of: ", ", with: "\n    "))
          files: \(file)
          \(read.hasPrefix("xml") ? columns : "")
      pseudonymise:
        {key: region, release: "{pipeline}", columns: {bsn: {token: person}, sex: keep}}
      link: {spine: alone, exact: [{on: [bsn]}]}
      aggregate:
        tables: {all: {by: [sex], measure: {persons: count}}}
        protect: {minimum: 10, method: hide}
      publish: {to: out-broken, tables: [all]}

      """
  }

  static let pipeline = """
    koppel: 1
    pipeline: formats
    owner: tests
    purpose: {text: tests, basis: made-up data}
    sample: true
    period: {unit: month, default: 2026-08}
    keys:
      region: {file: demo.key}
    ingest:
      register:
        domain: municipal
        read: brp
        files: in/brp/register.json
        rejects: {warn_above: 0 %, fail_above: 100 %}

    """ + source("brp2", "brp", "brp/*.json") + source("stuf", "stuf-bg", "stuf/*.xml")
    + source("lo3soap", "lo3", "lo3/*.xml", "form: soap")
    + source("lo3lg01", "lo3", "lo3/*.lg01", "form: lg01")
    + source("lo3csv", "lo3", "lo3/*.csv", "form: csv")
    + source("patients", "fhir", "fhir/*.ndjson", "rows: Patient")
    + source("encounters", "fhir", "fhir/*.ndjson", "rows: Encounter")
    + source("conditions", "fhir", "fhir/*.ndjson", "rows: Condition")
    + source("claims", "fhir", "fhir/*.ndjson", "rows: Claim")
    + source("nursing", "vektis", "vektis/AW319*.txt")
    + source("hospital", "vektis", "vektis/ZH308*.txt")
    + source("dental", "vektis", "vektis/MZ301*.txt")
    + source("pharmacy", "vektis", "vektis/AP304*.txt")
    + source("twins", "iwmo", "ei/*.ei") + source("packed", "iwmo", "ggk/*.xml")
      + """
        rows:
          domain: care
          read: csv
          files: in/rows.csv
          limits: {line: 4 KiB, field: 2 KiB}
          rejects: {warn_above: 0 %, fail_above: 100 %}
          columns:
            bsn:      {type: bsn, required: true, unique: true}
            surname:  {type: name, required: true}
            day:      {type: date, required: true}
            birth:    {type: partial-date, required: true}
            amount:   {type: money, required: true}
            n:        {type: integer, range: 0..99, required: true}
            code:     {type: code, values: {A: visit}, required: true}
            postcode: {type: postcode, required: true}
      pseudonymise:
        key: region
        release: "{pipeline}"
        columns:
          bsn:             {token: person}
          surname:         {token: surname, bloom: surname}
          partner_surname: {token: surname}
          first_names:     {token: first-name}
          birth_date:      {token: birth-date, keep: year}
          postcode:        {token: postcode, keep: pc4}
          sex:             keep
          municipality:    keep
          care_type:       keep
          activity:        keep
          product:         keep
          message:         keep
          start:           keep
          amount:          keep
          class:           keep
          completed_from:  keep
          code:            keep
      link:
        spine: register
        exact:
          - {on: [bsn]}
      aggregate:
        tables:
          use:
            by: [municipality, sex]
            measure: {residents: count, cost: sum nursing.amount}
        protect: {minimum: 10, method: hide}
      publish:
        to: out
        tables: [use]
        with: [manifest]

      """

  /// A supplier who hands the first level over, some persons objecting.
  static let supplier =
    head("supplier", "source: {file: ../keys/source/demo.key}")
      + """
        register:
          domain: municipal
          read: brp
          files: in/brp/register.json
          rejects: {warn_above: 0 %, fail_above: 100 %}

      """ + source("patients", "fhir", "fhir/patients.ndjson", "rows: Patient")
    + source("nursing", "vektis", "vektis/AW319*.txt") + source("packed", "iwmo", "ggk/*.xml")
      + """
      pseudonymise:
        key: source
        level: source
        source_release: canaries
        hand_over: ../packages
        opt_out: {files: in/bezwaar.csv, column: bsn}

      """ + policies

  /// The region that takes it over.
  static func region(fingerprint: String) -> String {
    let arriving = ["patients: fhir", "nursing: vektis", "packed: iwmo"].map { source in
      let words = source.split(separator: " ")
      return """
          \(words[0])
            domain: care
            read: \(words[1])\(words[1] == "fhir" ? "\n    rows: Patient" : "")
            arrives: pseudonymised
            files: ../packages/\(words[0].dropLast()).csv.gz

        """
    }
    return head(
      "region",
      "source: {fingerprint: \(fingerprint)}\n  region: {file: ../keys/region/demo.key}"
    )
      + """
        register:
          domain: municipal
          read: brp
          arrives: pseudonymised
          files: ../packages/register.csv.gz

      """ + arriving.joined()
        + """
        pseudonymise:
          key: region
          release: "{pipeline}"
          source_release: canaries

        """ + policies
        + """
        link:
          spine: register
          exact:
            - {on: [bsn]}
        aggregate:
          tables:
            use: {by: [municipality], measure: {residents: count, cost: sum nursing.amount}}
          protect: {minimum: 10, method: hide}
        publish: {to: ../out-region, tables: [use]}

        """
  }

  private static func head(_ name: String, _ keys: String) -> String {
    """
    koppel: 1
    pipeline: \(name)
    owner: tests
    purpose: {text: tests, basis: made-up data}
    sample: true
    keys:
      \(keys)
    ingest:

    """
  }

  private static let policies = """
      columns:
        bsn:          {token: person}
        surname:      {token: surname}
        birth_date:   {token: birth-date, keep: year}
        postcode:     {token: postcode, keep: pc4}
        sex:          keep
        municipality: keep
        activity:     keep
        product:      keep
        amount:       keep

    """
}
