/// Where the columns of FHIR R4 resources stand, as the Dutch profiles nl-core write them.
///
/// Never read: `text`, which repeats number and name; `contact`, a relative; `display`, `note`, and
/// extensions that are comments.
enum FhirPaths {
  /// How a column is made.
  enum Rule {
    /// The first value there.
    case text(String)
    /// Of the first object at a path that has this text under a key, the value under another.
    case match(at: String, key: String, text: String, value: String)
    /// The identifier behind `Patient/`, or another type, and a slash.
    case reference(String, type: String)
    /// The date of the first of these that is there, as written.
    case date([String])
    case surname
    /// Of an extension of the family name.
    case family(extension: String)
    case given(initials: Bool)
    case sex
    case deceased
    /// Of the address at home.
    case home(String)
    /// Of an extension of a line of the address at home.
    case homeLine(extension: String)
    /// Euros, in cents.
    case amount
  }

  static let bsn = "http://fhir.nl/fhir/NamingSystem/bsn"
  static let qualifier = definition + "iso21090-EN-qualifier"
  static let ownName = definition + "humanname-own-name"
  private static let definition = "http://hl7.org/fhir/StructureDefinition/"

  /// The types whose resources can be rows.
  static let types = ["Patient", "Encounter", "Condition", "Claim"]

  /// How the columns of a resource are made, by their names.
  static func rules(of type: String) -> [String: Rule] {
    switch type {
    case "Patient": patient
    case "Encounter": encounter
    case "Condition": condition
    case "Claim": claim
    default: [:]
    }
  }

  private static let patient: [String: Rule] = [
    "patient": .text("id"),
    "bsn": .match(at: "identifier", key: "system", text: bsn, value: "value"),
    "surname": .surname,
    "prefix": .family(extension: definition + "humanname-own-prefix"),
    "partner_surname": .family(extension: definition + "humanname-partner-name"),
    "partner_prefix": .family(extension: definition + "humanname-partner-prefix"),
    "first_names": .given(initials: false),
    "initials": .given(initials: true),
    "sex": .sex,
    "birth_date": .date(["birthDate"]),
    "deceased": .deceased,
    "death_date": .date(["deceasedDateTime"]),
    "postcode": .home("postalCode"),
    "house_number": .homeLine(extension: definition + "iso21090-ADXP-houseNumber"),
    // To verify: the extension of what stands behind the number.
    "house_suffix": .homeLine(extension: definition + "iso21090-ADXP-buildingNumberSuffix"),
  ]

  private static let encounter: [String: Rule] = [
    "id": .text("id"),
    "patient": .reference("subject.reference", type: "Patient"),
    "status": .text("status"),
    "class": .text("class.code"),
    "type": .text("type.coding.code"),
    "start": .date(["period.start"]),
    "end": .date(["period.end"]),
  ]

  private static let condition: [String: Rule] = [
    "id": .text("id"),
    "patient": .reference("subject.reference", type: "Patient"),
    "encounter": .reference("encounter.reference", type: "Encounter"),
    "snomed": code("http://snomed.info/sct"),
    "icpc": code("http://hl7.org/fhir/sid/icpc-1-nl"),
    // To verify: the system of ICD-10.
    "icd10": code("http://hl7.org/fhir/sid/icd-10-nl"),
    "clinical_status": .text("clinicalStatus.coding.code"),
    "verification_status": .match(
      at: "verificationStatus.coding",
      key: "system",
      text: "http://terminology.hl7.org/CodeSystem/condition-ver-status",
      value: "code"
    ),
    "start": .date(["onsetDateTime"]),
    "end": .date(["abatementDateTime"]),
  ]

  // To verify: no Dutch file was seen. A path that begins with `item` is of the row.
  private static let claim: [String: Rule] = [
    "id": .text("id"),
    "patient": .reference("patient.reference", type: "Patient"),
    "status": .text("status"),
    "created": .date(["created"]),
    "start": .date(["item.servicedDate", "item.servicedPeriod.start", "billablePeriod.start"]),
    "end": .date(["item.servicedDate", "item.servicedPeriod.end", "billablePeriod.end"]),
    "activity": .text("item.productOrService.coding.code"),
    "amount": .amount,
  ]

  private static func code(_ system: String) -> Rule {
    .match(at: "code.coding", key: "system", text: system, value: "code")
  }
}
