extension FaultCase {
  /// Faults in what a column says about tables beside the pipeline.
  static let codeTables = [
    FaultCase(
      "care_type: {type: code}",
      "care_type: {type: code, unknown: keep}",
      at: "unknown",
      "every code is known"
    ),
    FaultCase(
      "care_type: {type: code}",
      "care_type: {type: code, codes: c.csv, unknown: kep}",
      at: "kep}",
      "found 'kep'",
      hint: "'keep'"
    ),
    FaultCase(
      "care_type: {type: code}",
      "care_type: {type: code, codes: {to: x}}",
      at: "codes",
      "has no 'file'"
    ),
    FaultCase(
      "care_type: {type: code}",
      "care_type: {type: code, codes: {file: c.csv, delimiter: a}}",
      at: "a}}",
      "a delimiter that is none"
    ),
    FaultCase(
      "care_type: {type: code}",
      "care_type: {type: code, codes: c.csv, values: {A: b}}",
      at: "codes",
      "both 'codes' and 'values'"
    ),
    FaultCase(
      "date: {type: date}",
      "date: {type: date, region: district}",
      at: "region: district",
      "found 'region' of date",
      hint: "type: code"
    ),
    FaultCase(
      "care_type: {from: product,",
      "sex: {codes: c.csv}\n      care_type: {from: product,",
      at: "codes",
      "of which iwmo defines the codes"
    ),
    FaultCase(
      "area: {type: text, pattern: \"BU[0-9]{4}\"}",
      "area: {type: text, lookup: {table: t.csv, gives: Buurt2026}}",
      at: "lookup",
      "no column 'house_number' to look up by"
    ),
    FaultCase(
      "area: {type: text, pattern: \"BU[0-9]{4}\"}",
      "area: {type: text, lookup: {table: t.csv, gives: Buurt2025, house_number: none}}",
      at: "Buurt2025",
      "found regions of 2025, but the period ends in 2026"
    ),
    FaultCase(
      "area: {type: text, pattern: \"BU[0-9]{4}\"}",
      "area: {type: text, lookup: {table: t.csv, gives: B, postcode: sex, house_number: none}}",
      at: "lookup",
      "'sex' is code, expected postcode"
    ),
    FaultCase(
      "area: {type: text, pattern: \"BU[0-9]{4}\"}",
      "area: {type: text, at: 3, lookup: {table: t.csv, gives: B, house_number: none}}",
      at: "at:",
      "of a column that is looked up"
    ),
  ]
}
