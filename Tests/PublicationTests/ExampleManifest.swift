import Tabular

@testable import PipelineFile
@testable import Publication

/// A manifest of a made-up night; the run differs, all else does not.
func exampleManifest(run: String = "20260901T000000Z-0001") -> Manifest {
  Manifest(
    pipeline: examplePipeline,
    pipelineDigest: String(repeating: "1", count: 64),
    key: Manifest.Key(name: "region", fingerprint: "c2c509be6c8ac6f9", isDemo: true),
    standardisation: "NL-1:0123456789abcdef",
    inputs: [
      exampleInput(source: "register", fileName: "b.csv.gz"),
      exampleInput(source: "care", fileName: "c.csv.gz"),
      exampleInput(source: "register", fileName: "a.csv.gz"),
    ],
    sources: [
      ManifestSource(
        name: "register",
        rowsRead: 20,
        rowsAccepted: 18,
        rejected: ["bsn-check": 2, "required": 0],
        skipped: [:],
        blanked: ["postcode": 1],
        identityCount: 18,
        linkage: nil
      ),
      ManifestSource(
        name: "care",
        rowsRead: 10,
        rowsAccepted: 9,
        rejected: [:],
        skipped: ["footer": 1],
        blanked: [:],
        identityCount: 5,
        linkage: ManifestLinkage(
          linked: ManifestLinkage.Count(rows: 7, identities: 4),
          unlinked: ManifestLinkage.Count(rows: 2, identities: 1),
          passes: [(on: ["bsn"], count: ManifestLinkage.Count(rows: 7, identities: 4))],
          unlinkedReasons: [.noBlock: ManifestLinkage.Count(rows: 2, identities: 1)]
        )
      ),
    ],
    residentCount: 18,
    duplicateCount: 0,
    versions: ["koppel": "0.2.0"],
    run: ManifestRun(
      id: run,
      started: "2026-09-01T00:00:00.000Z",
      ended: "2026-09-01T00:00:01.000Z",
      logSize: 7,
      logHead: String(repeating: "a", count: 64)
    )
  )
}

private func exampleInput(source: String, fileName: String) -> ManifestInput {
  ManifestInput(
    source: source,
    fileName: fileName,
    digest: String(repeating: "2", count: 64),
    byteCount: 1234
  )
}

private var examplePipeline: Pipeline {
  Pipeline(
    name: "region",
    title: "Care by neighbourhood",
    owner: "data@regio.example",
    purpose: Purpose(text: "Regiobeeld", basis: "DPIA 2026-014"),
    sample: true,
    period: CivilDate("2026-08-01").flatMap { first in
      CivilDate("2026-08-31").map { last in
        Period(unit: .month, firstDay: first, lastDay: last, label: "2026-08")
      }
    },
    keys: [:],
    sources: [],
    pseudonymise: PseudonymiseStage(
      key: "region",
      release: "region/2026-08",
      sourceRelease: "region",
      columns: []
    ),
    link: LinkStage(
      spine: "register",
      exact: [],
      probabilistic: nil,
      assign: [:],
      unlinked: UnlinkedThresholds(warnAbove: nil, failAbove: nil)
    ),
    aggregate: AggregateStage(
      persons: [],
      tables: [],
      protect: Protection(minimum: 10, method: .round(base: 5))
    ),
    publish: PublishStage(to: "out", tables: ["use"], columns: .full),
    path: "region.yaml",
    files: [],
    warnings: []
  )
}
