internal import Foundation

/// The last written report, as files under `/report/`.
struct PublishedReport: Sendable {
  /// The folder that holds `latest/`.
  let folder: String

  struct File: Sendable {
    let data: Data
    let type: String
  }

  /// The file at a path below `/report/`, or nil. Nothing outside the report can be named: not by
  /// `..`, not by a hidden name, not through a link that leads out.
  func file(at parts: [String]) -> File? {
    let names = parts == [""] || parts.isEmpty ? ["index.html"] : parts
    guard
      names.allSatisfy({ name in
        !name.isEmpty && !name.hasPrefix(".") && !name.contains(where: { "/\\\0".contains($0) })
      }), let root = resolved(folder + "/latest"),
      let path = resolved(root + "/" + names.joined(separator: "/")), path.hasPrefix(root + "/")
    else { return nil }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue,
      let data = FileManager.default.contents(atPath: path)
    else { return nil }
    return File(data: data, type: type(of: names.last ?? ""))
  }

  private func resolved(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }

  private func type(of name: String) -> String {
    switch name.split(separator: ".").last {
    case "html": "text/html; charset=utf-8"
    case "css": "text/css; charset=utf-8"
    case "svg": "image/svg+xml"
    case "json": "application/json"
    case "csv": "text/csv; charset=utf-8"
    case "md": "text/markdown; charset=utf-8"
    case "png": "image/png"
    case "js": "text/javascript; charset=utf-8"
    default: "application/octet-stream"
    }
  }
}

/// What `/` says before the first report.
let noReportPage = """
  <!doctype html><html lang="en"><meta charset="utf-8"><title>Parvis</title>
  <body><h1>Parvis</h1><p>It runs. No report was written yet: <code>parvis report write</code>.</p>
  <p lang="fr">Il fonctionne. Aucun rapport pour l’instant : <code>parvis report write</code>.</p>
  <p><a href="/openapi.json">/openapi.json</a></p></body></html>
  """
