/// Says what a pseudonymisation dossier must hold (EDPB Guidelines 01/2025, paragraph 131), from policy
/// and log.
struct DossierWriter {
  let report: LogReport
  let verdict: LogVerdict
  /// Nil when only a log is there.
  let policy: DossierPolicy?
  let language: ReportLanguage

  private var writer: ReportWriter {
    ReportWriter(report: report, verdict: verdict, language: language)
  }

  var sections: [ReportSection] {
    let parts: [(DossierText, [ReportBlock])] = [
      (.objective, objective), (.actors, actors), (.data, data), (.identifiers, identifiers),
      (.transformation, transformation), (.secrets, secrets), (.domain, domain),
      (.additional, additional), (.risks, risks), (.retention, retention), (.rights, rights),
      (.evidence, evidence),
    ]
    return parts.enumerated().map { number, part in
      ReportSection(number: number + 1, title: part.0(language), blocks: part.1)
    }
  }

  private func line(_ text: String, _ tone: ReportBlock.Tone = .plain) -> ReportBlock {
    .line(text, tone)
  }

  private func list(_ names: [String]) -> String {
    names.isEmpty ? "-" : names.joined(separator: ", ")
  }

  private var objective: [ReportBlock] {
    let logged = report.statedPurposes.first
    func stated(_ policy: String?, _ log: String?) -> String {
      let found = policy ?? log ?? ""
      return found.isEmpty ? ReportText.noBasis(language) : found
    }
    return [
      line(
        DossierText.aim(
          language,
          stated(policy?.purpose, logged?.text),
          stated(policy?.basis, logged?.basis),
          stated(policy?.title, report.pipeline)
        )
      ),
      line(DossierText.notAnonymous(language)),
    ]
  }

  private var actors: [ReportBlock] {
    var blocks: [ReportBlock] = []
    let owner = policy?.owner ?? report.runs.actors.last?.onBehalfOf ?? ""
    if !owner.isEmpty { blocks.append(line(DossierText.accountable(language, owner))) }
    for actor in report.runs.actors {
      blocks.append(
        line(
          DossierText.runs(language, actor.user, actor.host, language.grouped(actor.runCount))
        )
      )
    }
    if let policy { blocks.append(line(DossierText.holders(language, list(policy.keys)))) }
    return blocks.isEmpty ? [line(ReportText.noRuns(language))] : blocks
  }

  private var data: [ReportBlock] {
    let names =
      policy.map { $0.sources.map { DossierText.sourceOf(language, $0.name, $0.domain) } }
      ?? report.sources.keys.sorted()
    return [line(list(names) + ".")] + writer.deliveries
  }

  private var identifiers: [ReportBlock] {
    guard let policy else { return [line(DossierText.noColumns(language))] }
    return ["direct", "quasi", "sensitive"].map { name in
      let columns = policy.columns.filter { $0.privacyClass == name }
      return line(
        DossierText.classLine(
          language,
          ReportWords.text(name, language),
          list(columns.map { "\($0.source).\($0.name)" })
        )
      )
    }
  }

  private var transformation: [ReportBlock] {
    var text = [DossierText.tokenRule(language)]
    if report.filtersDeleted > 0 { text.append(DossierText.filters(language)) }
    text.append(DossierText.denied(language))
    return [line(text.joined(separator: " "))] + writer.columns
  }

  private var secrets: [ReportBlock] {
    let used = report.keys.keys.filter { $0.useCount > 0 }
    var blocks = used.map { key in
      line(
        DossierText.keyLine(
          language,
          key.id,
          key.shownFingerprint,
          key.signs
            ? ReportText.signingLevel(language)
            : key.level == "partner"
              ? ReportText.partnerLevel(language)
              : ReportWords.text(key.isDemo ? "demo" : key.state, language)
        )
      )
    }
    if used.isEmpty { blocks.append(line(DossierText.keyNone(language))) }
    let hasSource = policy?.hasSourceKey ?? used.contains { $0.level == "source" }
    blocks.append(
      line(hasSource ? DossierText.twoCustodies(language) : DossierText.oneCustody(language))
    )
    blocks.append(line(DossierText.pinned(language)))
    return blocks
  }

  private var domain: [ReportBlock] {
    let scopes = Set(report.keys.keys.map(\.scope).filter { !$0.isEmpty }).sorted().suffix(6)
    let blocks = [
      line(DossierText.domainLine(language, report.pipeline)),
      line(
        DossierText.releaseScope(language, policy?.release ?? list(Array(scopes)))
          + (policy.map { " " + DossierText.sourceScope(language, $0.sourceRelease) } ?? "")
      ),
    ]
    return blocks + leaving
  }

  /// What leaves the domain, by the policy and by what left in these days.
  private var leaving: [ReportBlock] {
    let tables = policy?.tables ?? report.releases.tables.keys.sorted()
    let minimum = policy?.minimum ?? report.releases.minimum
    let givesRows = policy?.handsOver == true || !report.packagesWritten.isEmpty
    let filtered = Set(report.filtersLeft.counts.keys).union(
      policy?.partnerSource.map { [$0] } ?? []
    )
    var blocks: [ReportBlock] = []
    if givesRows { blocks.append(line(DossierText.leavesPackages(language))) }
    if !givesRows || !tables.isEmpty {
      let told = DossierText.leaves(language, list(tables), language.grouped(minimum))
      blocks.append(line(givesRows ? told : "\(told) \(DossierText.tokensStay(language))"))
    }
    if !filtered.isEmpty {
      blocks.append(
        line(DossierText.leavesFilters(language, list(filtered.sorted())), .warning)
      )
    }
    return blocks
  }

  private var additional: [ReportBlock] {
    let names = policy?.sources.map(\.name) ?? report.sources.keys.sorted()
    var blocks = [
      line(DossierText.additionalKey(language)),
      line(DossierText.additionalExtracts(language, list(names))),
    ]
    if policy?.hasObjections ?? (report.objections.runCount > 0) {
      blocks.append(line(DossierText.additionalLists(language)))
    }
    return blocks
  }

  private var risks: [ReportBlock] {
    var blocks: [ReportBlock] = [
      line(writer.uniqueness ?? DossierText.riskUnknown(language)),
      line(DossierText.riskFrequency(language)),
    ]
    if policy?.spansPeriods == true {
      blocks.append(line(DossierText.riskJoin(language), .warning))
    }
    blocks.append(
      line(
        DossierText.riskOracle(
          language,
          policy.map { language.grouped($0.minimumPersons) } ?? "100",
          language.grouped(report.probes)
        )
      )
    )
    return blocks
  }

  private var retention: [ReportBlock] {
    [line(DossierText.retentionLine(language)), line(DossierText.retentionLog(language))]
  }

  private var rights: [ReportBlock] {
    func sentences(_ blocks: [ReportBlock]) -> String {
      blocks.compactMap { block in
        if case .line(let text, _) = block { text } else { nil }
      }.joined(separator: " ")
    }
    let hasList = policy?.hasObjections ?? (report.objections.runCount > 0)
    return [
      line(
        hasList
          ? DossierText.objectionsYes(language, sentences(writer.objections))
          : DossierText.objectionsNo(language)
      ),
      line(DossierText.requests(language, sentences(writer.subjects))),
    ]
  }

  private var evidence: [ReportBlock] {
    var blocks = ReportPage.verdict(report, verdict, language).map { line($0.text, $0.tone) }
    let digest = report.changes.policy
    if !digest.isEmpty { blocks.append(line(DossierText.policyDigest(language, digest))) }
    return blocks
  }
}

extension ReportPage {
  /// The items of a pseudonymisation dossier.
  ///
  /// - Parameters:
  ///   - report: what the lines say.
  ///   - verdict: whether they are to be believed.
  ///   - policy: of the pipeline file; nil when only a log is there.
  ///   - language: of the dossier.
  package init(
    dossier report: LogReport,
    verdict: LogVerdict,
    policy: DossierPolicy?,
    language: ReportLanguage
  ) {
    let writer = DossierWriter(
      report: report,
      verdict: verdict,
      policy: policy,
      language: language
    )
    self.init(
      language: language,
      title: DossierText.title(language),
      subtitle: Self.subtitle(report, language),
      verdict: Array(Self.verdict(report, verdict, language).prefix(1)),
      sections: writer.sections,
      notes: [DossierText.fromLog(language), ReportText.countsNote(language)]
    )
  }
}
