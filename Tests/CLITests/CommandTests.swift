import Foundation
import Kernel
import Testing

@Test func `a directory is made, used and examined`() async throws {
  let shop = try Workshop()
  #expect(try await shop.parvis("init").status == 0)
  let mode = try FileManager.default.attributesOfItem(atPath: shop.data)[.posixPermissions] as? Int
  #expect(mode == 0o700)
  let made = try await shop.parvis(
    "programmes", "create", "--name", "Pro bono à La Défense", "--json")
  #expect(made.status == 0)
  #expect(made.json["name"] == "Pro bono à La Défense")
  let list = try await shop.parvis("programmes", "list")
  #expect(list.output.hasPrefix("id "), "one row reads downwards")
  #expect(list.output.contains("Pro bono à La Défense"))
  try await shop.parvis("programmes", "create", "--name", "Another")
  let two = try await shop.parvis("programmes", "list")
  let heading = two.output.prefix { $0 != "\n" }
  #expect(heading.hasPrefix("NAME") && heading.hasSuffix("  ID"), "\(two.output)")
  #expect(try await shop.parvis("status").output.contains("deliveries pending"))
  #expect(try await shop.parvis("status", "--json").json["deliveriesPending"] == 0)
  let doctor = try await shop.parvis("doctor", "--json")
  #expect(doctor.status == 0, "\(doctor.output)")
  #expect(doctor.json.items.count >= 7)
}

@Test func `where there is no data the command says how to make some`() async throws {
  let shop = try Workshop()
  for words in [["programmes", "list"], ["serve"], ["status"], ["doctor"]] {
    let outcome = try await shop.start(words).outcome()
    #expect(outcome.status == 78, "\(words)")
    #expect((outcome.error + outcome.output).contains("parvis init"), "\(words)")
  }
}

@Test func `help lists the verbs of a module and the fields of a verb`() async throws {
  let shop = try Workshop()
  let module = try await shop.parvis("programmes", "--help")
  #expect(module.status == 0)
  #expect(module.output.contains("plan-edition"))
  #expect(module.output.contains("Plan an edition of a programme"))
  let verb = try await shop.parvis("programmes", "plan-edition", "--help")
  #expect(verb.output.contains("--format"))
  #expect(verb.output.contains("on-site | remote | hybrid; required"))
  let french = try await shop.parvis("programmes", "--help", "--lang", "fr")
  #expect(french.output.contains("Prévoir une édition d’un programme"))
  let locale = try await shop.parvis("programmes", "--help", environment: ["LANG": "fr_FR.UTF-8"])
  #expect(locale.output == french.output)
}

@Test func `help with the name of a module or a verb is what they say of themselves`() async throws
{
  let shop = try Workshop()
  for words in [["report"], ["programmes", "plan-edition"], ["events", "--lang", "fr"]] {
    let help = try await shop.start(["help"] + words).outcome()
    let own = try await shop.start(words + ["--help"]).outcome()
    #expect(help.status == 0)
    #expect(help.output == own.output, "\(words)")
  }
}

@Test func `a folder that cannot be made is said in the system’s words`() async throws {
  let shop = try Workshop()
  let inFile = try await shop.parvis("init", "--data", "/etc/passwd/data")
  #expect(inFile.status == 73)
  #expect(inFile.error.contains("(Not a directory)"), "\(inFile.error)")
}

@Test func `a misspelt verb or option gets a suggestion and the status of bad usage`() async throws
{
  let shop = try Workshop()
  let verb = try await shop.parvis("programmes", "plan-edtion")
  #expect(verb.status == 64)
  #expect(verb.error.contains("Did you mean plan-edition?"))
  let option = try await shop.parvis("programmes", "create", "--nmae", "x")
  #expect(option.status == 64)
  #expect(option.error.contains("Did you mean --name?"))
  #expect(try await shop.parvis("nonsense").status == 64)
  #expect(try await shop.parvis("events", "show").status == 64)
  #expect(try await shop.parvis("programmes", "list", "surplus").status == 64)
  #expect(try await shop.parvis("programmes", "create", "--name").status == 64)
  #expect(try await shop.parvis("programmes", "create", "--name", "a", "--name", "b").status == 64)
}

@Test func `the exit status says what kind of problem it was`() async throws {
  let shop = try Workshop()
  try await shop.parvis("init")
  let unknown = "01890000-0000-7000-8000-000000000000"
  #expect(try await shop.parvis("programmes", "edition", unknown).status == 66)
  let invalid = try await shop.parvis("programmes", "create")
  #expect(invalid.status == 65)
  #expect(invalid.error.contains("- name is required"))
  #expect(
    try await shop.parvis("programmes", "create", "--name", "x", "--as", "anyone").status == 77)
  #expect(try await shop.parvis("programmes", "list", "--as", "king").status == 65)
  #expect(try await shop.parvis("api", "GET", "/nothing").status == 66)
  #expect(try await shop.parvis("api", "DELETE", "/programmes").status == 64)
  let far = try await shop.parvis(
    "programmes", "list", "--url", "http://127.0.0.1:9", "--token", "x")
  #expect(far.status == 69)
}

@Test func `a problem comes in French or as JSON when asked`() async throws {
  let shop = try Workshop()
  try await shop.parvis("init")
  let french = try await shop.parvis("programmes", "create", "--lang", "fr")
  #expect(french.error.contains("est obligatoire"))
  let json = try await shop.parvis("programmes", "create", "--json")
  #expect(try JSON(parsing: json.error)["type"] == "/problems/invalid-input")
}

@Test func `input comes from options, from a file and from a pipe, as JSON or YAML`() async throws {
  let shop = try Workshop()
  try await shop.parvis("init")
  let programme = try await shop.parvis("programmes", "create", "--name", "P", "--json")
  let id = programme.json["id"]?.text ?? ""
  let yaml = """
    # An edition as people write it.
    programme: \(id)
    name: 2020
    theme: Réduire les inégalités
    territory: La Défense
    format: on-site
    starts: 2020-03-02
    ends: 2021-08-31
    """
  let piped = try await shop.parvis(
    "programmes", "plan-edition", "--input", "-", "--json", input: yaml)
  #expect(piped.status == 0, "\(piped.error)")
  #expect(piped.json["name"] == "2020")
  try Data(yaml.utf8).write(to: URL(fileURLWithPath: shop.folder + "/edition.yaml"))
  let file = try await shop.parvis(
    "programmes", "plan-edition", "--input", "edition.yaml", "--name", "2021", "--json")
  #expect(file.json["name"] == "2021")
  let edition = file.json["id"]?.text ?? ""
  let calendar = try await shop.parvis(
    "programmes", "set-calendar", edition,
    "--half-days", #"{"key": "a", "day": "2020-11-17", "part": "morning"}"#,
    "--half-days", "{key: b, day: 2020-11-17, part: afternoon}", "--json")
  #expect(calendar.json.items.count == 2, "\(calendar.error)")
  let broken = try await shop.parvis("programmes", "create", "--input", #"{"name": "#)
  #expect(broken.status == 65)
  #expect(try await shop.parvis("programmes", "create", "--input", "missing.json").status == 65)
}

@Test func `the same key gives the same answer`() async throws {
  let shop = try Workshop()
  try await shop.parvis("init")
  let first = try await shop.parvis("programmes", "create", "--name", "P", "--key", "k", "--json")
  let second = try await shop.parvis("programmes", "create", "--name", "P", "--key", "k", "--json")
  #expect(first.output == second.output)
  #expect(try await shop.parvis("programmes", "list", "--json").json.items.count == 1)
}

@Test func `any address can be called`() async throws {
  let shop = try Workshop()
  try await shop.parvis("init")
  let made = try await shop.parvis(
    "api", "POST", "/v1/programmes", "--input", #"{"name": "P"}"#, "--json")
  #expect(made.json["name"] == "P")
  let read = try await shop.parvis("api", "get", "programmes")
  #expect(read.json.items.count == 1, "JSON without asking")
}

@Test func `what somebody typed does not drive the terminal`() async throws {
  let shop = try Workshop()
  try await shop.parvis("init")
  try await shop.parvis(
    "programmes", "create", "--input", #"{"name": "a\u009b31mred"}"#)
  let list = try await shop.parvis("programmes", "list")
  #expect(
    !list.output.unicodeScalars.contains { (0x80..<0xA0).contains($0.value) || $0.value == 27 })
}

@Test func `many commands at once on one directory all succeed`() async throws {
  let shop = try Workshop()
  try await shop.parvis("init")
  let statuses = try await withThrowingTaskGroup(of: Int32.self) { group in
    for number in 0..<8 {
      group.addTask {
        try await shop.parvis("programmes", "create", "--name", "P\(number)").status
      }
    }
    return try await group.reduce(into: []) { $0.append($1) }
  }
  #expect(statuses.allSatisfy { $0 == 0 })
  #expect(try await shop.parvis("programmes", "list", "--json").json.items.count == 8)
}

@Test(arguments: ["bash", "zsh", "fish"])
func `there are completions for the shell`(_ shell: String) async throws {
  let shop = try Workshop()
  let script = try await shop.parvis("--generate-completion-script", shell)
  #expect(script.status == 0)
  #expect(script.output.contains("programmes"))
}

@Test func `a damaged file is said, and the doctor says what to do`() async throws {
  let shop = try Workshop()
  try await shop.parvis("init")
  try Data(repeating: 0x58, count: 8192).write(
    to: URL(fileURLWithPath: shop.data + "/parvis.sqlite"))
  // What the journal still holds would stand in for the pages.
  try? FileManager.default.removeItem(atPath: shop.data + "/parvis.sqlite-wal")
  let list = try await shop.parvis("programmes", "list")
  #expect(list.status == 74)
  #expect(list.error.contains("damaged"))
  let doctor = try await shop.parvis("doctor")
  #expect(doctor.status == 74)
  #expect(doctor.output.contains("restore the last backup"))
}

/// Permissions do not bind root, so the program is run as nobody.
private let asNobody =
  getuid() == 0 ? ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : []

@Test(
  .enabled(if: asNobody.isEmpty || FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv"))
)
func `a read-only directory is said, and nothing is lost`() async throws {
  let shop = try Workshop()
  try await shop.parvis("init")
  try await shop.parvis("programmes", "create", "--name", "P")
  if getuid() == 0 {
    chmod(shop.folder, 0o755)
    for name in try FileManager.default.subpathsOfDirectory(atPath: shop.data) + [""] {
      chown(shop.data + "/" + name, 65534, 65534)
    }
  }
  chmod(shop.data + "/parvis.lock", 0o400)
  chmod(shop.data + "/parvis.sqlite", 0o400)
  chmod(shop.data, 0o500)
  let refused = try await shop.parvis(
    "programmes", "create", "--name", "Q", before: asNobody)
  #expect(refused.status == 73, "\(refused.error)")
  #expect(refused.error.contains("cannot be written"))
  let doctor = try await shop.parvis("doctor", before: asNobody)
  #expect(doctor.status == 73)
  chmod(shop.data, 0o700)
  chmod(shop.data + "/parvis.lock", 0o600)
  chmod(shop.data + "/parvis.sqlite", 0o600)
  let list = try await shop.parvis("programmes", "list", "--json", before: asNobody)
  #expect(list.json.items.count == 1, "\(list.error)")
}

/// The project’s folder, where the seeds are.
private let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent().path

@Test func `seeds are loaded once, however often, and the only edition goes without saying`()
  async throws
{
  let shop = try Workshop()
  try await shop.parvis("init")
  for _ in 0..<2 {
    let loaded = try await shop.parvis("seed", "load", project + "/seeds/la-defense-2020", "--json")
    #expect(loaded.status == 0, "\(loaded.error)")
    #expect(loaded.json["edition"]?.text != nil)
  }
  #expect(try await shop.parvis("programmes", "editions", "--json").json.items.count == 1)
  #expect(try await shop.parvis("programmes", "edition", "--json").json["version"] == 1)
  let missing = try await shop.parvis("seed", "load", shop.folder)
  #expect(missing.error.contains("catalogue.yaml"))
}

@Test func `figures are shown with their units, and their groups with the figure`() async throws {
  let shop = try Workshop()
  try await shop.parvis("init")
  try await shop.parvis("seed", "load", project + "/seeds/la-defense-2020")
  let report = try await shop.parvis("report", "show")
  #expect(report.output.contains("\n  TITLE "), "\(report.output)")
  let hours = report.output.split(separator: "\n").first { $0.contains("missions.hours-by-regime") }
  #expect(hours?.contains("0\u{A0}h") == true)
  #expect(!report.output.contains("GROUPS"))
  #expect(report.output.split(separator: "\n").allSatisfy { $0.count < 160 })
  #expect(report.output.contains("edition\n  name "), "what is inside has lines of its own")
  let french = try await shop.parvis("report", "trace", "missions.hours-by-regime", "--lang", "fr")
  #expect(french.output.contains("0\u{A0}h"), "\(french.output)")
  let json = try await shop.parvis("report", "show", "--json").json
  #expect(json["figures"]?.items.first?["groups"] != nil, "programs get everything")
}

@Test func `the newest events come first when asked for, and go on backwards`() async throws {
  let shop = try Workshop()
  try await shop.parvis("init")
  try await shop.parvis("seed", "load", project + "/seeds/la-defense-2020")
  try await shop.parvis("programmes", "open-edition")
  try await shop.parvis("programmes", "change-format", "--format", "remote")
  func sequences(_ words: String...) async throws -> [JSON] {
    let line = ["events", "list", "--json"] + words
    let page = try await shop.start(line).outcome().json
    // A list that is whole is a list, a page says what comes next.
    return (page["items"] ?? page).items.compactMap { $0["sequence"] }
  }
  #expect(try await sequences() == [1, 2])
  #expect(try await sequences("--latest") == [2, 1])
  #expect(try await sequences("--latest", "--limit", "1") == [2])
  #expect(try await sequences("--latest", "--after", "2") == [1])
}

@Test func `a report is written where one wants it`() async throws {
  let shop = try Workshop()
  try await shop.parvis("init")
  try await shop.parvis("seed", "load", project + "/seeds/la-defense-2020")
  let written = try await shop.parvis("report", "write", "--to", "out", "--json")
  #expect(written.status == 0, "\(written.error)")
  #expect(FileManager.default.fileExists(atPath: shop.folder + "/out/index.html"))
  let (server, address) = try await shop.serve()
  let again = try await shop.parvis("report", "write")
  #expect(again.status == 0, "\(again.error)")
  #expect(FileManager.default.fileExists(atPath: shop.data + "/reports/latest/index.html"))
  #expect(address.hasPrefix("http://127.0.0.1:"))
  _ = try await server.stop()
}

@Test func `the engine solves a file without any data, and says where a file is damaged`()
  async throws
{
  let shop = try Workshop()
  try Data("bad\n".utf8).write(to: URL(fileURLWithPath: shop.folder + "/bad.match"))
  let damaged = try await shop.parvis("matching", "solve", "bad.match")
  #expect(damaged.status == 65)
  #expect(damaged.error.contains("bad.match line 1"))
  #expect(try await shop.parvis("matching", "solve", "none.match").status == 66)
  #expect(try await shop.parvis("matching", "solve").status == 64)
  #expect(try await shop.parvis("matching", "solve", "bad.match", "--variant", "x").status == 64)
}

/// Two seats that both volunteers could fill, unless the best pair is taken first.
private let smallInstance = """
  matching-instance 1
  2 2 2 3 0 0 0 0
  0 1
  1 1
  1 -1 0 2 0 100 1 10
  1 -1 0 1 0 50

  """

@Test func `an assignment goes through a device, a pipe or a link, and takes the place of none`()
  async throws
{
  let shop = try Workshop()
  try smallInstance.write(toFile: shop.folder + "/two.match", atomically: true, encoding: .utf8)
  func solve(into name: String) async throws -> Int32 {
    try await shop.parvis("matching", "solve", "two.match", "--assignment", name).status
  }
  func kind(_ name: String) -> mode_t {
    var status = stat()
    return lstat(shop.folder + "/" + name, &status) == 0 ? status.st_mode & S_IFMT : 0
  }

  try "old".write(toFile: shop.folder + "/kept", atomically: true, encoding: .utf8)
  symlink("kept", shop.folder + "/link")
  #expect(try await solve(into: "link") == 0)
  #expect(kind("link") == S_IFLNK)
  #expect(try String(contentsOfFile: shop.folder + "/kept", encoding: .utf8) != "old")

  mkdir(shop.folder + "/folder", 0o755)
  #expect(try await solve(into: "folder") != 0)
  #expect(kind("folder") == S_IFDIR)

  // Only root may make a device; everybody has the one that swallows.
  if mknod(shop.folder + "/device", S_IFCHR | 0o666, 1 << 8 | 3) == 0 {
    #expect(try await solve(into: "device") == 0)
    #expect(kind("device") == S_IFCHR)
  }
  #expect(try await solve(into: "/dev/null") == 0)
  var status = stat()
  #expect(lstat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
}

@Test func `strategies are held side by side on a file, without any data`() async throws {
  let shop = try Workshop()
  try smallInstance.write(toFile: shop.folder + "/two.match", atomically: true, encoding: .utf8)
  let found = try await shop.parvis("matching", "compare", "two.match", "--json")
  #expect(found.status == 0)
  #expect(found.json.items.map { $0["strategy"]?.text } == ["optimal", "stable", "greedy"])
  #expect(found.json.items.map { $0["filled"] } == [2, 1, 1])
  #expect(found.json.items.map { $0["blockingPairs"] } == [1, 0, 0])
  let shown = try await shop.parvis("matching", "compare", "two.match", "--lang", "fr")
  #expect(shown.output.contains("le meilleur possible"))
  #expect(shown.output.contains("2/2"))
  #expect(try await shop.parvis("matching", "compare", "none.match").status == 66)
  #expect(try await shop.parvis("matching", "compare", "two.match", "--variant", "x").status == 64)
  // Without a file it is about an edition, and there is no data.
  #expect(try await shop.parvis("matching", "compare").status == 78)
  #expect(try await shop.parvis("matching", "compare", "--help").output.contains("RUN WITH"))
}

@Test func `a piped solve shows no progress, and its answer alone`() async throws {
  let shop = try Workshop()
  try smallInstance.write(toFile: shop.folder + "/two.match", atomically: true, encoding: .utf8)
  let found = try await shop.parvis("matching", "solve", "two.match", "--json")
  #expect(found.error.isEmpty)
  #expect(found.json["filled"] == 2)
  #expect(found.json["status"] == "optimal")
}

@Test func `an instance may come through a pipe`() async throws {
  let shop = try Workshop()
  try smallInstance.write(toFile: shop.folder + "/two.match", atomically: true, encoding: .utf8)
  for name in ["-", "/dev/stdin"] {
    let found = try await shop.parvis(
      "matching", "solve", name, "--json",
      before: ["/bin/sh", "-c", "cat two.match | \"$0\" \"$@\""])
    #expect(found.json["filled"] == 2, "\(name): \(found.error)")
  }
}

@Test func `a stream without end is refused by its first line`() async throws {
  let shop = try Workshop()
  let refused = try await shop.parvis(
    "matching", "solve", "-", "--lang", "fr", before: ["/bin/sh", "-c", "yes | \"$0\" \"$@\""])
  #expect(refused.status == 65)
  #expect(refused.error.contains("ligne 1 : la première ligne doit être"))
}

@Test func `figures of a solve are named in words, units as they are written`() async throws {
  let shop = try Workshop()
  try smallInstance.write(toFile: shop.folder + "/two.match", atomically: true, encoding: .utf8)
  let found = try await shop.parvis("matching", "solve", "two.match")
  #expect(found.status == 0)
  for words in ["peak MiB", "solve CPU seconds", "missions without seeker"] {
    #expect(found.output.contains(words))
  }
}

@Test func `what cannot be meant is refused before anything is solved`() async throws {
  let shop = try Workshop()
  try smallInstance.write(toFile: shop.folder + "/two.match", atomically: true, encoding: .utf8)
  let nowhere = try await shop.parvis(
    "matching", "solve", "two.match", "--assignment", "none/teams.txt")
  #expect(nowhere.status == 73)
  #expect(nowhere.output.isEmpty)
  #expect(
    try await shop.parvis("matching", "solve", "two.match", "--assignment", ".").status == 73)
  for option in ["--time-limit", "--cpu-limit"] {
    for text in ["0", "-1", "x", "nan", "inf"] {
      let limit = try await shop.parvis("matching", "solve", "two.match", option, text)
      #expect(limit.status == 64)
      #expect(limit.error.contains("seconds, more than 0"))
    }
  }
  // The answer does not take the place of what it is the answer to.
  let itself = try await shop.parvis(
    "matching", "solve", "two.match", "--assignment", "./two.match", "--lang", "fr")
  #expect(itself.status == 64)
  #expect(itself.error.contains("écraserait"))
  #expect(
    try String(contentsOfFile: shop.folder + "/two.match", encoding: .utf8) == smallInstance)
  // All strategies are compared, and no teams are kept.
  for option in ["--strategy", "--assignment"] {
    let refused = try await shop.parvis("matching", "compare", "two.match", option, "greedy")
    #expect(refused.status == 64)
    #expect(!refused.error.contains("Did you mean \(option)"))
  }
}
