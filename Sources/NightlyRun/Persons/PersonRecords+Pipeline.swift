import Linkage
import PipelineFile
import Pseudonymisation
import Tabular

extension PersonRecords {
  /// The identities of a source, with the columns that tell number and birth date.
  init(_ identities: PseudonymisedTable, of source: Source, in pipeline: Pipeline) {
    let tokens = SourcePlan(source: source, in: pipeline).tokens.filter(\.isStaged)
    self.init(
      identities,
      source: source.name,
      number: tokens.first { $0.label == CarriedPersons.numbers }?.name,
      birthDate: tokens.first { $0.label == "birth-date" }?.name
    )
  }
}
