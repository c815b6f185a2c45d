extension FaultCase {
  /// Faults in what the sources say.
  static let ingest = [
    FaultCase("bsn: {type: bsn}", "bsn: {type: bns}", at: "bns}", "found 'bns'", hint: "'bsn'"),
    FaultCase("bsn: {type: bsn}", "bsn: {typ: bsn}", at: "typ:", "no key 'typ'", hint: "'type'"),
    FaultCase("care_type: {type: code}", "care_type: {}", at: "care_type", "has no 'type'"),
    FaultCase("    read: csv\n", "", at: "register:", "has no 'read'"),
    FaultCase("files: register.csv", "files:", at: "files", "found nothing"),
    FaultCase(
      "    columns:\n      bsn: {type: bsn}",
      "    colums:\n      bsn: {type: bsn}",
      at: "colums",
      "no key 'colums'"
    ),
    FaultCase("range: 0..99999999", "range: 9..1", at: "9..1", "a range that is none"),
    FaultCase("BU[0-9]{4}", "BU[0-9{4}", at: "\"BU", "no POSIX extended expression"),
    FaultCase("BU[0-9]{4}", "(B|U)\\\\1", at: "\"(B", "no POSIX extended expression"),
    FaultCase(
      "{type: name}",
      "{type: name, class: plain}",
      at: "plain",
      "direct or higher",
      hint: "never lowered"
    ),
    FaultCase(
      "{type: date}",
      "{type: date, unit: cent}",
      at: "unit: cent}",
      "expected it of money"
    ),
    FaultCase("as: \"wmo:{}\"", "as: \"wmo:\"", at: "\"wmo:", "found no '{}'"),
    FaultCase(
      "from: product",
      "from: prodct",
      at: "prodct",
      "no column 'prodct'",
      hint: "'product'"
    ),
    FaultCase("from: product", "from: budgets", at: "budgets", "no column", hint: "'budget'"),
    FaultCase(
      "    read: iwmo\n",
      "    read: iwmo\n    encoding: utf-16le\n",
      at: "utf-16le",
      "records of iwmo in utf-16le"
    ),
    FaultCase(
      "    read: iwmo\n",
      "    read: iwmo\n    messages: [302]\n",
      at: "302",
      "not built yet"
    ),
    FaultCase(
      "files: register.csv\n",
      "files: register.csv\n    dialect: {delimiter: a}\n",
      at: "a}\n    columns",
      "a delimiter that is none"
    ),
    FaultCase(
      "files: register.csv\n",
      "files: register.csv\n    dialect: {thousands: \".\"}\n",
      at: "\".\"}",
      "one mark for thousands and decimals",
      hint: "decimal"
    ),
    FaultCase(
      "files: register.csv\n",
      "files: register.csv\n    dialect: {top: 101}\n",
      at: "101",
      "at most 100"
    ),
    FaultCase(
      "files: register.csv\n",
      "files: register.csv\n    footer: \"(\"\n",
      at: "\"(\"",
      "no POSIX extended expression"
    ),
    FaultCase(
      "files: register.csv\n",
      "files: register.csv\n    trailer: {when: \"^T\"}\n",
      at: "trailer",
      "no field is named",
      hint: "footer"
    ),
    FaultCase("    read: iwmo\n", "    read: iwmo\n    footer: ^T\n", at: "footer", "reads iwmo"),
    FaultCase("{type: name}", "{type: name, at: 0}", at: "0}", "no field number"),
    FaultCase(
      "{type: name}",
      "{type: name, from: x, at: 3}",
      at: "from: x",
      "found 'from' beside 'at'"
    ),
    FaultCase(
      "files: register.csv\n",
      "files: register.csv\n    rejects: {warn_above: 2}\n",
      at: "2}",
      "expected a percentage"
    ),
    FaultCase("M: male", "M: [male]", at: "[male]", "found a list"),
    FaultCase(
      "date: {type: date}",
      "where: {type: date}\n      date: {type: date}",
      at: "where",
      "a word of the expression language"
    ),
  ]
}
