// The columns of FHIR R4 resources.
//
// Source: HL7 FHIR R4 and the Dutch profiles nl-core; names and classes are ours.
// A kind is a resource type.
import Tabular

extension KnownFormat {
  static let fhirColumns: [FormatColumn] = [
    FormatColumn("patient", .text, .direct),
    FormatColumn("bsn", .bsn, .direct, ["Patient"]),
    FormatColumn("surname", .name, .direct, ["Patient"]),
    FormatColumn("prefix", .name, .direct, ["Patient"]),
    FormatColumn("partner_surname", .name, .direct, ["Patient"]),
    FormatColumn("partner_prefix", .name, .direct, ["Patient"]),
    FormatColumn("first_names", .name, .direct, ["Patient"]),
    FormatColumn("initials", .name, .direct, ["Patient"]),
    FormatColumn("sex", .code, .quasi, ["Patient"], values: sexWords),
    FormatColumn("birth_date", .partialDate, .quasi, ["Patient"]),
    FormatColumn("deceased", .code, .sensitive, ["Patient"], values: deceasedWords),
    FormatColumn("death_date", .partialDate, .quasi, ["Patient"]),
    FormatColumn("postcode", .postcode, .quasi, ["Patient"]),
    FormatColumn("house_number", .integer, .quasi, ["Patient"]),
    FormatColumn("house_suffix", .text, .quasi, ["Patient"]),
    FormatColumn("id", .text, .direct, ["Encounter", "Condition", "Claim"]),
    FormatColumn("status", .code, .plain, ["Encounter", "Claim"]),
    FormatColumn("class", .code, .sensitive, ["Encounter"]),
    FormatColumn("type", .code, .sensitive, ["Encounter"]),
    FormatColumn("start", .partialDate, .plain, ["Encounter", "Condition", "Claim"]),
    FormatColumn("end", .partialDate, .plain, ["Encounter", "Condition", "Claim"]),
    FormatColumn("encounter", .text, .direct, ["Condition"]),
    FormatColumn("snomed", .code, .sensitive, ["Condition"]),
    FormatColumn("icpc", .code, .sensitive, ["Condition"]),
    FormatColumn("icd10", .code, .sensitive, ["Condition"]),
    FormatColumn("clinical_status", .code, .sensitive, ["Condition"]),
    FormatColumn("verification_status", .code, .sensitive, ["Condition"]),
    FormatColumn("created", .partialDate, .plain, ["Claim"]),
    FormatColumn("activity", .code, .sensitive, ["Claim"]),
    FormatColumn("amount", .money, .plain, ["Claim"]),
    FormatColumn(
      "completed_from",
      .code,
      .plain,
      ["Encounter", "Condition", "Claim"],
      values: [CodeValue(written: "Patient", meaning: "Patient")]
    ),
  ]
}
