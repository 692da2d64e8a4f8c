import Kernel
import KernelTesting
import Testing

private let old = "0174d0d5-7f00-7abc-8def-0123456789ab"
private let other = "0174d0d5-7f00-7abd-8def-0123456789ab"

// Such data was in SQLite only.
@Test(.enabled(if: !TestDatabase.isPostgres))
func `data of before gets identifiers of chance everywhere, and old links lead on`()
  async throws
{
  let test = try await TestPlatform { _ in [ToyModule()] }
  try await test.platform.database.write { connection in
    try connection.execute(
      """
      INSERT INTO toy_thing (id, version, full_name, tags, email, state)
      VALUES (\(old), 1, \("Thing \(other)"), \("[\"\(old)\"]"), NULL, 'open')
      """)
    // As it was before the step.
    try connection.execute("DROP TABLE kernel_old_id")
    try connection.execute(
      "DELETE FROM kernel_migration WHERE id = 'kernel.2-identifiers-without-time'")
  }
  try await test.platform.migrate()

  let things = try await test.call("toy.list")
  let id = try #require(things.items.first?["id"]?.text)
  #expect(things.items.count == 1)
  #expect(id != old)
  #expect(Array(id)[14] == "4")
  #expect(things.items.first?["tags"] == [.string(id)])
  #expect(things.items.first?["fullName"]?.text?.contains(other) == false)
  // The address in a letter of before.
  let closed = try await test.call("toy.close", ["thing": .string(old)])
  #expect(closed["id"]?.text == id)
}

@Test func `identifiers made together have nothing in common`() async throws {
  let test = try await TestPlatform { _ in [ToyModule()] }
  var prefixes: Set<String> = []
  for number in 0..<100 {
    let made = try await test.call(
      "toy.make", ["fullName": .string("Thing \(number)"), "level": 1])
    let id = try #require(made["id"]?.text)
    #expect(Array(id)[14] == "4")
    prefixes.insert(String(id.prefix(4)))
  }
  #expect(prefixes.count > 80)
}
