/// What was written of a made-up region.
package struct SampleSummary: Sendable, Equatable {
  package let residents: Int
  package let households: Int
  /// Rows of the care extracts.
  package let careClaims: Int
  /// People with support, those from outside the region included.
  package let supportClients: Int
  /// Files with iWmo messages.
  package let supportMessages: Int
  /// Rows of the survey among patients.
  package let surveyAnswers: Int
  /// All files, the truth included.
  package let files: Int
  /// Codes of the neighbourhoods with planted extra hospital use.
  package let hotSpots: [String]
}
