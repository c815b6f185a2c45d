import Tabular

/// The social domain's iWmo messages, a file each.
struct SupportExtract {
  private let population: Population
  private let seed: UInt64
  private let clients: [SupportClient]
  private let providerCount: Int
  private let messages: AssignmentMessages

  init(population: Population, seed: UInt64) {
    self.population = population
    self.seed = seed
    // Few in a small region: each declares to each municipality every month, in a file of its own.
    providerCount = min(12, 2 + population.residentCount / 25_000)
    var chosen = SupportClients(
      population: population,
      seed: seed,
      providerCount: providerCount
    )
    clients = chosen.choose()
    messages = AssignmentMessages(population: population, seed: seed)
  }

  var clientCount: Int { clients.count }

  /// - Returns: how many messages.
  func write(
    to folder: inout SampleFolder,
    truth: inout TruthRecords
  ) throws(SampleRegionError) -> Int {
    var messageCount = 0
    for client in clients {
      messageCount += try writeMessages(of: client, to: &folder, truth: &truth)
    }
    return try messageCount + writeDeclarations(to: &folder, truth: &truth)
  }

  private func writeMessages(
    of client: SupportClient,
    to folder: inout SampleFolder,
    truth: inout TruthRecords
  ) throws(SampleRegionError) -> Int {
    var messageCount = 0
    let startDay = client.assignments.map(\.startDay).min() ?? Population.registerDay
    if client.isNew {
      let message = message(.assignment, client, day: startDay - 10)
      let document = messages.assignmentDocument(of: client, message)
      try write(document, message, client, client.assignments, to: &folder, truth: &truth)
      messageCount += 1
      let told = client.assignments.filter(\.isStartTold)
      if let lastStart = told.map(\.startDay).max() {
        let message = self.message(.start, client, day: lastStart + 3)
        let document = messages.startDocument(of: client, message)
        try write(document, message, client, told, to: &folder, truth: &truth)
        messageCount += 1
      }
    }
    let stopped = client.assignments.filter { $0.stopDay != nil }
    if let lastStop = stopped.compactMap(\.stopDay).max() {
      let message = message(.stop, client, day: lastStop + 2)
      let document = messages.stopDocument(of: client, message)
      try write(document, message, client, stopped, to: &folder, truth: &truth)
      messageCount += 1
    }
    return messageCount
  }

  private func message(
    _ kind: SupportMessage.Kind,
    _ client: SupportClient,
    day: Int
  ) -> SupportMessage {
    SupportMessage(
      kind: kind,
      municipality: client.municipality,
      provider: client.provider,
      identification: "\(kind.rawValue)\(padded(client.number + 1, 8))",
      day: day
    )
  }

  private func write(
    _ document: [UInt8],
    _ message: SupportMessage,
    _ client: SupportClient,
    _ assignments: [SupportAssignment],
    to folder: inout SampleFolder,
    truth: inout TruthRecords
  ) throws(SampleRegionError) {
    try folder.write(document, to: "support/WMO\(message.identification).xml")
    for assignment in assignments {
      try truth.add(
        source: "support",
        record: "\(message.kind.rawValue)-\(assignment.number)",
        person: client.person,
        planted: client.planted
      )
    }
  }

  private func writeDeclarations(
    to folder: inout SampleFolder,
    truth: inout TruthRecords
  ) throws(SampleRegionError) -> Int {
    let declarations = DeclarationMessages(seed: seed, clients: clients)
    let municipalityCount = population.geography.municipalityCount
    var byPair = [[Int]](repeating: [], count: providerCount * municipalityCount)
    for client in clients {
      byPair[client.provider * municipalityCount + client.municipality].append(client.number)
    }
    var messageCount = 0
    for (pair, numbers) in byPair.enumerated() {
      for month in CareExtract.months {
        let rows = declarations.rows(of: numbers, month: month)
        guard !rows.isEmpty else { continue }
        let message = declaration(
          provider: pair / municipalityCount,
          municipality: pair % municipalityCount,
          month: month
        )
        let document = declarations.document(of: rows, message, month: month)
        try folder.write(document, to: "support/WMO\(message.identification).xml")
        messageCount += 1
        for row in rows {
          try truth.add(
            source: "support",
            record: "323-\(row.reference)",
            person: clients[row.client].person,
            planted: declaredPlants(of: row)
          )
        }
      }
    }
    return messageCount
  }

  private func declaration(provider: Int, municipality: Int, month: Int) -> SupportMessage {
    let first = CivilDate(year: CareExtract.year, month: month, day: 1)?.dayNumber
    let pair = padded(provider + 1, 2) + padded(municipality + 1, 2)
    return SupportMessage(
      kind: .declaration,
      municipality: municipality,
      provider: provider,
      identification: "323\(CareExtract.year)\(padded(month, 2))\(pair)",
      day: (first ?? Population.registerDay) + 38
    )
  }

  /// A declaration tells a client's BSN alone, so that only what concerns it is planted there.
  private func declaredPlants(of row: DeclarationMessages.Row) -> [String] {
    clients[row.client].planted.filter { $0.hasPrefix("bsn") || $0 == "outside" }
      + (row.isCredit ? ["credit"] : [])
  }
}
