import Testing

@Suite("The runner of scripts")
struct ScriptSelfTests {
  @Test("splits words at spaces, and not within quotes")
  func splitsWords() throws {
    let script = try Script("! stderr 'a \"b\" # c'  x # remark\n\n# remark\nexit 3\n")
    #expect(script.commands.map(\.words) == [["stderr", "a \"b\" # c", "x"], ["exit", "3"]])
    #expect(script.commands.map(\.isNegated) == [true, false])
    #expect(script.commands.map(\.line) == [1, 4])
  }

  @Test("keeps the content of files to the byte")
  func keepsFiles() throws {
    let script = try Script("exit 0\n-- a.csv --\nx,y\n\n# no remark\n-- d/b --\n")
    #expect(script.files.map(\.name) == ["a.csv", "d/b"])
    #expect(script.files.map(\.content) == ["x,y\n\n# no remark\n", ""])
  }

  @Test("refuses an open quote")
  func refusesOpenQuote() {
    #expect(throws: ScriptFailure.self) { try Script("stdout 'a\n") }
  }

  @Test(
    "fails when a line does not hold",
    arguments: [
      "exists a\n", "! exists b\n-- b --\n", "contains b x\n-- b --\ny\n", "nonsense\n",
      "contains d x\n-- d/e/b --\ny\n", "! contains d y\n-- d/e/b --\ny\n",
      "cmp a b\n-- a --\n1\n-- b --\n2\n", "exit 0\n", "stdout .\n", "cp x y\n",
    ]
  )
  func fails(text: String) throws {
    let script = try Script(text)
    var run = try ScriptRun(script)
    #expect(throws: ScriptFailure.self) { try run.run(script) }
  }

  @Test("holds when every line holds")
  func holds() throws {
    let script = try Script(
      """
      exists a
      ! exists b
      cp a b
      cmp a b
      contains b 'two words'
      ! contains b three
      mkdir c/d
      mv b c/d/e
      chmod 600 c/d/e
      exists $WORK/c/d/e
      cp c f
      cmp c f
      random f/d/r 100
      ! cmp c f
      gzip f/d/r
      exists f/d/r.gz
      truncate c/d/e 3
      contains c/d/e two
      ! contains c/d/e words
      rm a
      ! exists a
      ! stdout
      ! stderr x
      -- a --
      two words
      """
    )
    var run = try ScriptRun(script)
    try run.run(script)
  }
}
