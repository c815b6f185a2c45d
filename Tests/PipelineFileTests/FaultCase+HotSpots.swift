/// Mistakes in hot spots and in files of areas.
extension FaultCase {
  static let hotSpots = [
    spots(
      "of: costs, expected: [age_band], by: area",
      at: "costs, exp",
      "not sums",
      hint: "count where"
    ),
    spots(
      "of: in_car, expected: [age_band], by: area",
      at: "in_car, ",
      "no measure 'in_car'",
      hint: "'in_care'"
    ),
    spots(
      "of: nobody, expected: [age_band], by: area",
      at: "nobody, ",
      "no measure 'nobody'",
      hint: "measure: {nobody: count where …}"
    ),
    spots("of: use.residents, expected: [age_band], by: area", at: "use.residents", "not sums"),
    spots(
      "of: in_care, expected: [age_band], by: aera",
      at: "aera",
      "no column 'aera'",
      hint: "'area'"
    ),
    spots(
      "of: in_care, expected: [age_bnd], by: area",
      at: "age_bnd",
      "no column 'age_bnd'",
      hint: "'age_band'"
    ),
    spots(
      "of: in_care, expected: [area], by: area",
      at: "area], by",
      "as area and among 'expected'"
    ),
    spots("of: in_care, by: area", at: "hot_spots", "has no 'expected'"),
    spots(
      "of: in_care, expected: [sex], by: area, find: [scan]",
      at: "scan",
      "found 'scan' without 'near'",
      hint: "near: codes/areas.csv"
    ),
    spots(
      "of: in_care, expected: [sex], by: area, find: [smr], near: a.csv",
      at: "near: a.csv",
      "which nothing asks for"
    ),
    spots(
      "of: in_care, expected: [sex], by: area, find: [sacn], near: a.csv",
      at: "sacn",
      "sacn",
      hint: "'scan'"
    ),
    spots("of: in_care, expected: [sex], by: area, runs: 5", at: "5}", "99"),
    FaultCase(
      "    contacts:\n      rows",
      "    spots:\n      by: [area]\n      hot_spots: {of: in_care, expected: [sex], by: area}\n    contacts:\n      rows",
      at: "by: [area]\n      hot_spots",
      "found 'by' beside 'hot_spots'",
      hint: "under 'hot_spots'"
    ),
    FaultCase(
      "    contacts:\n      rows",
      "    use-too:\n      by: [area]\n      measure: {in_care: count where age > 3}\n    spots:\n"
        + "      hot_spots: {of: in_care, expected: [sex], by: area}\n    contacts:\n      rows",
      at: "in_care, exp",
      "in several tables: use, use-too",
      hint: "use.in_care"
    ),
    FaultCase(
      "  tables:\n    use",
      "  areas: codes/areas.csv\n  tables:\n    use",
      at: "areas: codes",
      "none of the columns neighbourhood, district, municipality"
    ),
    spots(
      "of: in_care, expected: [sex], by: area, near: {file: a.csv, delimiter: two}",
      at: "two",
      "a delimiter that is none"
    ),
  ]

  private static func spots(
    _ keys: String,
    at caret: String,
    _ sentence: String,
    hint: String = ""
  ) -> FaultCase {
    FaultCase(
      "    contacts:\n      rows",
      "    spots:\n      hot_spots: {\(keys)}\n    contacts:\n      rows",
      at: caret,
      sentence,
      hint: hint
    )
  }
}
