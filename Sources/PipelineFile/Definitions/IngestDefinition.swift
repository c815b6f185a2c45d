import Tabular

/// The keys of the ingest stage.
enum IngestDefinition {
  static let formatWords =
    [
      AllowedWord("csv", "Delimited text, RFC 4180, plain or gzip."),
      AllowedWord("fixed", "Lines of fixed width, plain or gzip."),
      AllowedWord("fixed-width", "The same as fixed."),
      AllowedWord("statline", "A table of CBS, as its site writes it."),
      AllowedWord("iwmo", "iWmo and iJw messages; the format knows its columns."),
      AllowedWord("ijw", "The same as iwmo."),
      AllowedWord("vektis", "Claims: AW319, ZH308, MZ301 and AP304; the format knows its columns."),
      AllowedWord("ndjson", "A JSON object a line, with paths."),
      AllowedWord("brp", "Persons of Haal Centraal BRP, as JSON."),
      AllowedWord("brp-json", "The same as brp."),
      AllowedWord("fhir", "FHIR R4 bulk exports: the resources that 'rows' names."),
      AllowedWord("xml", "Elements at a path from the root; see 'record'."),
      AllowedWord("lo3", "Persons of the population register; see 'form'."),
      AllowedWord("gba-v", "Answers of the GBA-V: lo3 with form: soap."),
      AllowedWord("stuf-bg", "StUF-BG 0310 answers; the format knows its columns."),
    ]

  static let source = MappingDefinition(
    "source",
    path: "ingest.source",
    [
      KeyDefinition(
        "domain",
        .text(.name(.slug)),
        .requiredUnlessSample,
        "The domain that sends it, as care."
      ),
      KeyDefinition(
        "read",
        .word(formatWords),
        .requiredWithoutOrBeside(["contract", "arrives"], inSample: "columns"),
        "The format of the extract; a contract may tell it. What arrives pseudonymised is csv."
      ),
      KeyDefinition("files", .text(.glob), .required, "A pattern of file names."),
      KeyDefinition(
        "contract",
        .text(.path),
        .optional,
        "A file with what is agreed with the sender; what stands here may only be stricter."
      ),
      KeyDefinition(
        "drift",
        .mapping(DriftDefinition.drift),
        .optional,
        "What is done when a file is not what is declared."
      ),
      KeyDefinition(
        "columns",
        .named(.identifier, .mapping(column), noun: "column"),
        .optional,
        "The columns that the source offers; of csv all that are read."
      ),
      KeyDefinition(
        "encoding",
        .word([
          AllowedWord("utf-8", "The default."), AllowedWord("iso-8859-1", "Latin-1."),
          AllowedWord("utf-16le", "UTF-16, the low byte first."),
        ]),
        .optional,
        "The character encoding of lines, and of flat records; checked, never guessed."
      ),
      KeyDefinition(
        "dialect",
        .mapping(dialect),
        .optional,
        "How the csv is written; for ndjson and xml, the marks within numbers."
      ),
      KeyDefinition(
        "footer",
        .text(.pattern),
        .optional,
        "For csv: a POSIX extended expression for lines that are no rows, as \"^©\"; of "
          + "lines up to 4 KiB."
      ),
      KeyDefinition(
        "trailer",
        .mapping(trailer),
        .optional,
        "For csv: the closing line that tells what the file should hold."
      ),
      KeyDefinition(
        "messages",
        .list(
          .word(
            ["301", "305", "307", "315", "323"].map { AllowedWord($0, "Message WMO\($0).") }
              + ["302", "306", "308", "316", "317", "318", "319", "320", "325"].map {
                AllowedWord(notBuilt: $0, instead: "read 301, 305, 307, 315 or 323")
              }
          ),
          least: 1
        ),
        .optional,
        "The iWmo messages that are read; 301, 305, 307 and 323 unless given."
      ),
      KeyDefinition(
        "rows",
        .word(["Patient", "Encounter", "Condition", "Claim"].map { AllowedWord($0, "\($0).") }),
        .optional,
        "For fhir: the resource that is a row."
      ),
      KeyDefinition(
        "form",
        .word([
          AllowedWord("soap", "Answers of the GBA-V."), AllowedWord("lg01", "Lg01 messages."),
          AllowedWord("csv", "Extracts with a column an element."),
        ]),
        .optional,
        "For lo3: how persons are written down; lg01 unless given."
      ),
      KeyDefinition(
        "record",
        .text(.verbatim),
        .optional,
        "For xml: the path to a row, the root first, as persons/person; local names, or {uri}name."
      ),
      KeyDefinition(
        "schema",
        .text(.path),
        .optional,
        "For XML: an XML Schema (XSD); a message or file that breaks it is refused."
      ),
      KeyDefinition(
        "record_key",
        .text(.name(.identifier)),
        .optional,
        "The column that names a row for evaluate and explain, which 'pseudonymise' drops; else the row "
          + "number does."
      ),
      KeyDefinition("rejects", .mapping(rejects), .optional, "How many rows may be refused."),
      KeyDefinition(
        "limits",
        .mapping(LimitsDefinition.limits),
        .optional,
        "How large lines, fields, texts and packed files may be."
      ),
    ] + deliveryKeys
      + [
        KeyDefinition(
          "arrives",
          .word([
            AllowedWord("clear", "As the supplier has it; the default."),
            AllowedWord(
              "pseudonymised",
              "With tokens of the first level: NAME.csv.gz beside NAME.json, as 'hand_over' writes."
            ),
          ]),
          .optional,
          "Whether the supplier has made the first level of the pseudonyms."
        ),
        KeyDefinition(
          "signer",
          .text(.plain),
          .optional,
          "For what arrives pseudonymised: the supplier's public key, 32 bytes in base64."
        ),
      ]
      + [
        ("strict", "leave it out")
      ].map { KeyDefinition(notBuilt: $0.0, $0.1) }
  )

  static let column = MappingDefinition(
    "column",
    path: "ingest.source.columns.column",
    [
      KeyDefinition(
        "type",
        .word(ColumnType.allCases.map { AllowedWord($0.rawValue, meaning(of: $0)) }),
        .optional,
        "What the column holds; iwmo knows it."
      ),
      KeyDefinition("from", .text(.verbatim), .optional, "What the extract calls it."),
      KeyDefinition("as", .text(.template), .optional, "Text around the value, as \"wmo:{}\"."),
      KeyDefinition("required", .flag, .optional, "A row without it is rejected."),
      KeyDefinition(
        "values",
        .named(.written, .text(.verbatim), noun: "value"),
        .optional,
        "For a code: what the extract writes, and what it becomes."
      ),
      KeyDefinition(
        "range",
        .text(.verbatim),
        .optional,
        "For a number: the least and the largest, as 1..99999."
      ),
      KeyDefinition(
        "pattern",
        .text(.pattern),
        .optional,
        "For text and codes: a POSIX extended expression for the whole value."
      ),
      KeyDefinition(
        "unit",
        .word([
          AllowedWord("cent", "Whole cents; the default."),
          AllowedWord("euro", "Euros with decimals."),
        ]),
        .optional,
        "For money: what the extract gives."
      ),
      KeyDefinition(
        "class",
        .word(PrivacyClass.allCases.map { AllowedWord($0.name, "Privacy class \($0.name).") }),
        .optional,
        "The privacy class, when it is higher than that of the type."
      ),
      KeyDefinition(
        "unique",
        .flag,
        .optional,
        "Of rows with an equal value the first stays, the others are rejected."
      ),
      KeyDefinition(
        "at",
        .text(.verbatim),
        .optional,
        "Where it stands: a field, bytes of a line, or a path below the record, as Adres/@soort."
      ),
    ] + CodeTableDefinition.columnKeys
  )

  static let dialect = MappingDefinition(
    "dialect",
    path: "ingest.source.dialect",
    [
      KeyDefinition(
        "delimiter",
        .text(.verbatim),
        .optional,
        "One ASCII character, or tab; ';' unless given."
      ),
      KeyDefinition("quote", .text(.verbatim), .optional, "One ASCII character, or none."),
      KeyDefinition("decimal", .text(.verbatim), .optional, "'.' or ','."),
      KeyDefinition(
        "missing",
        .list(.text(.verbatim), least: 0),
        .optional,
        "Texts that mean no value; the empty one always does."
      ),
      KeyDefinition("multiline", .flag, .optional, "A quoted field may hold line ends."),
      KeyDefinition(
        "thousands",
        .text(.verbatim),
        .optional,
        "What stands between groups of three digits: one ASCII character, a blank, or none."
      ),
      KeyDefinition(
        "top",
        .integer(0...100),
        .optional,
        "How many lines above the header are passed over; 0 unless given."
      ),
      KeyDefinition(
        "header",
        .integer(0...8),
        .optional,
        "How many lines the header has; 0 for none: columns are told by 'at'."
      ),
    ]
  )

  static let trailer = MappingDefinition(
    "trailer",
    path: "ingest.source.trailer",
    [
      KeyDefinition(
        "when",
        .text(.pattern),
        .required,
        "A POSIX extended expression that closing lines match, as \"^T;\"."
      ),
      KeyDefinition("rows", .integer(1...4096), .optional, "The field with the number of rows."),
      KeyDefinition("total", .integer(1...4096), .optional, "The field with the total."),
    ]
  )

  static let rejects = MappingDefinition(
    "rejects",
    path: "ingest.source.rejects",
    [
      KeyDefinition("warn_above", .share, .optional, "A share of the rows; 0.1 % unless given."),
      KeyDefinition("fail_above", .share, .optional, "A share of the rows; 1 % unless given."),
    ]
  )

  private static func meaning(of type: ColumnType) -> String {
    switch type {
    case .text: "Any text."
    case .name: "A part of a person's name."
    case .code: "A code, perhaps one of 'values'."
    case .integer: "A whole number."
    case .decimal: "A number of at most four decimals."
    case .money: "An amount, stored in cents."
    case .date: "A day, YYYY-MM-DD; of a time the day as written."
    case .partialDate: "A date of which day, month or all may be unknown."
    case .bsn: "A BSN, nine digits that pass the eleven-test."
    case .postcode: "A Dutch postcode, 1234AB."
    case .yesNo: "Yes or no."
    }
  }
}
