internal import ArgumentParser
internal import Foundation
internal import Kernel

struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "Records an edition that is past.",
    subcommands: [HistoryLoadCommand.self, HistoryEndCommand.self])
}

struct HistoryLoadCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "load",
    abstract: "Records what was done in a past edition, with its dates; nobody is written to.",
    discussion: """
      One JSON object a line, in the order of time: {"at": "2018-03-05", "call": "programmes.create", \
      "input": {"name": "…"}, "keep": "programme"}. A later line refers to what was answered: \
      "$programme.id", "$places.items[volunteer=$ada.id].id"; "as" names a role, as "member:$kabubu.member". \
      The audit keeps when it was recorded. Loaded again, nothing is recorded twice.
      """)

  @OptionGroup var common: CommonOptions
  @Argument(help: "The file: one act a line.") var file: String

  func run() async throws {
    let settings = try common.settings()
    guard settings.url == nil else {
      throw Problem.usage(
        en: "History is recorded where the data is, without --url.",
        fr: "L’histoire s’enregistre là où sont les données, sans --url.")
    }
    let history = try HistoryFile(Document.contents(of: file), now: Clock.system.now)
    let directory = try DataDirectory.chosen(settings.data)
    try directory.requireInitialised()
    // A server would tell people what happens: it is stopped meanwhile.
    guard let lock = try DirectoryLock.attempt(directory) else {
      throw Problem.held(directory.path, by: DirectoryLock.holder(of: directory))
    }
    let instance = try await Instance.open(directory, lock: lock)
    let bar = ProgressBar(title: "history")
    let loader = HistoryLoader(
      instance: instance, file: history, name: URL(fileURLWithPath: file).lastPathComponent
    ) { bar.show($0, of: history.lines.count) }
    let loaded = try await loader.run()
    Console(settings).show(try JSON.of(loaded), as: .any)
  }
}

struct HistoryEndCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "end",
    abstract: "Leaves a load of history that stopped as it is; nobody is written to.",
    discussion: """
      Until a load that stopped is finished or ended, no server starts here and nothing is changed: what fell due in the past \
      edition would be taken for due today. Ended, all of it is marked as done without a letter.
      """)

  @OptionGroup var common: CommonOptions

  func run() async throws {
    let settings = try common.settings()
    let directory = try DataDirectory.chosen(settings.data)
    try directory.requireInitialised()
    guard let lock = try DirectoryLock.attempt(directory) else {
      throw Problem.held(directory.path, by: DirectoryLock.holder(of: directory))
    }
    let instance = try await Instance.open(directory, lock: lock)
    let ended = try await instance.unfinishedHistory()
    try await instance.endHistory(nil)
    Console(settings).show(
      ["ended": .array(ended.map { .string($0.file) })], as: .any)
  }
}
