/// Every key of the pipeline file, stage by stage; the validator and the schema are made from it.
enum PipelineDefinition {
  /// The version of the format that this binary reads.
  static let version: Int64 = 1
  /// The keys of stages, in the order of the data; each may stand in a file of its own.
  static let stages = ["ingest", "pseudonymise", "link", "aggregate", "publish"]

  static let root = MappingDefinition(
    "the pipeline",
    path: "",
    [
      KeyDefinition("koppel", .integer(0...999_999), .required, "The version of this format: 1."),
      KeyDefinition("pipeline", .text(.name(.slug)), .required, "The name of the pipeline."),
      KeyDefinition(
        "title",
        .text(.plain),
        .optional,
        "What the tables are about, in a few words."
      ),
      KeyDefinition("owner", .text(.plain), .requiredUnlessSample, "Who answers for the pipeline."),
      KeyDefinition(
        "purpose",
        .mapping(purpose),
        .requiredUnlessSample,
        "Why the data may be used; goes into the privacy log with every run."
      ),
      KeyDefinition(
        "sample",
        .flag,
        .optional,
        "Made-up data: test numbers may be published, demo keys may be used."
      ),
      KeyDefinition(
        "period",
        .mapping(period),
        .optional,
        "The month or year that a run is about."
      ),
      KeyDefinition(
        "keys",
        .named(.identifier, .mapping(KeyPlaceDefinition.key), noun: "key"),
        .requiredUnlessSample,
        "Where the bytes of each key come from; never a value."
      ),
      KeyDefinition(
        "ingest",
        .named(.identifier, .mapping(IngestDefinition.source), noun: "source"),
        .required,
        "The extracts, by the name of their source.",
        apart: true
      ),
      KeyDefinition(
        "pseudonymise",
        .mapping(PseudonymiseDefinition.stage),
        .requiredUnlessSample,
        "What becomes of each column; what is not named is dropped.",
        apart: true
      ),
      KeyDefinition(
        "link",
        .mapping(LinkDefinition.stage),
        .requiredUnlessHandedOver,
        "How records become persons.",
        apart: true
      ),
      KeyDefinition(
        "aggregate",
        .mapping(AggregateDefinition.stage),
        .requiredUnlessHandedOver,
        "Persons, tables, and how they are protected.",
        apart: true
      ),
      KeyDefinition(
        "publish",
        .mapping(PublishDefinition.stage),
        .requiredUnlessHandedOver,
        "What leaves, and where to.",
        apart: true
      ),
      KeyDefinition(
        "tests",
        CaseDefinition.tests,
        .optional,
        "Cases with made-up rows, which 'koppel test' runs."
      ),
      KeyDefinition(notBuilt: "language", "leave it out: messages are English"),
    ]
  )

  private static let purpose = MappingDefinition(
    "purpose",
    path: "purpose",
    [
      KeyDefinition("text", .text(.plain), .required, "The purpose in words."),
      KeyDefinition("basis", .text(.plain), .required, "The legal basis, as the number of a DPIA."),
      KeyDefinition(notBuilt: "activity", "name the activity in 'text'"),
    ]
  )

  private static let period = MappingDefinition(
    "period",
    path: "period",
    [
      KeyDefinition(
        "unit",
        .word([
          AllowedWord("month", "A calendar month."), AllowedWord("year", "A calendar year."),
        ]),
        .required,
        "How long a period is."
      ),
      KeyDefinition(
        "default",
        .text(.verbatim),
        .optional,
        "The period of a run without --set period: previous, 2026-08 or 2026."
      ),
    ]
  )
}
