internal import Kernel

/// The OpenAPI 3.1 document of the use cases, made from their types.
func openAPIDocument(_ endpoints: [Endpoint], version: String) -> JSON {
  var paths: [String: [String: JSON]] = [:]
  for endpoint in endpoints {
    paths["/v1" + endpoint.path, default: [:]][endpoint.method.rawValue.lowercased()] =
      operation(endpoint)
  }
  return [
    "openapi": "3.1.0",
    "info": [
      "title": "Parvis", "version": .string(version),
      "description": "Skill-based volunteering programmes, from the call to the final report.",
    ],
    "servers": [["url": "/"]],
    "security": [["token": []]],
    "tags": .array(
      bareModules.map { module in
        let type = type(of: module)
        return ["name": .string(type.name), "description": .string(type.summary.en)]
      }),
    "paths": .object(paths.mapValues(JSON.object)),
    "components": [
      "securitySchemes": [
        "token": [
          "type": "http", "scheme": "bearer", "description": "Made by `parvis token create`.",
        ]
      ],
      "schemas": ["Problem": problemSchema],
      "responses": [
        "Problem": [
          "description": "A problem, in words for people and with a stable type for programs.",
          "content": [
            "application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]
          ],
        ]
      ],
      "parameters": [
        "Key": [
          "name": "Idempotency-Key", "in": "header", "required": false,
          "description":
            "Sent again with the same key, the command gives its first answer and changes nothing.",
          "schema": ["type": "string", "minLength": 1, "maxLength": 128],
        ],
        "Version": [
          "name": "If-Match", "in": "header", "required": false,
          "description":
            "The ETag that was read: the same as `version` in the body, and refused beside another.",
          "schema": ["type": "string", "pattern": "^(W/)?\"[1-9][0-9]{0,17}\"$"],
        ],
      ],
    ],
  ]
}

private func operation(_ endpoint: Endpoint) -> JSON {
  let inPath = Set(endpoint.pathFields)
  let properties = endpoint.input().properties
  let outside = properties.filter { !inPath.contains($0.name) }
  var parameters: [JSON] = endpoint.pathFields.map { name in
    let schema = properties.first { $0.name == name }?.schema ?? .any
    return ["name": .string(name), "in": "path", "required": true, "schema": schema.document]
  }
  if endpoint.isCommand {
    if !endpoint.answersWithSecret {
      parameters.append(["$ref": "#/components/parameters/Key"])
    }
  } else {
    parameters += outside.map {
      .object(
        [
          "name": .string($0.name), "in": "query", "required": .bool($0.required),
        ].merging(queryForm(of: $0.schema)) { first, _ in first })
    }
  }
  if properties.contains(where: { $0.name == "version" }) {
    parameters.append(["$ref": "#/components/parameters/Version"])
  }
  var members: [String: JSON] = [
    "operationId": .string(endpoint.id),
    "tags": [.string(endpoint.module)],
    "summary": .string(endpoint.summary.en),
    "x-summary-fr": .string(endpoint.summary.fr),
    "x-roles": .array(endpoint.callers.map(\.rawValue).sorted().map(JSON.string)),
    "parameters": .array(parameters),
    "responses": [
      "200": [
        "description": "Done.",
        "content": answer(of: endpoint),
      ],
      "default": ["$ref": "#/components/responses/Problem"],
    ],
  ]
  let problems =
    endpoint.problems + (endpoint.addressOfAttempts == nil ? [] : ["accounts/too-many-attempts"])
  if !problems.isEmpty {
    members["x-problems"] = .array(problems.map { .string("/problems/" + $0) })
  }
  if endpoint.callers.contains(.anyone) { members["security"] = [[:], ["token": []]] }
  if endpoint.isCommand, !outside.isEmpty {
    members["requestBody"] = [
      "required": .bool(outside.contains(where: \.required)), "content": body(of: outside),
    ]
  }
  return .object(members)
}

private func answer(of endpoint: Endpoint) -> JSON {
  guard endpoint.answersWithFile else {
    return ["application/json": ["schema": endpoint.output().document]]
  }
  // The bytes of a file, of a type that it says itself.
  return ["*/*": ["schema": ["type": "string", "contentMediaType": "application/octet-stream"]]]
}

/// Fields as JSON; a file among them also as a part of a form or, where it is all there is, as bytes.
private func body(of fields: [JSONSchema.Property]) -> JSON {
  var content: [String: JSON] = [
    "application/json": ["schema": JSONSchema(.object(fields)).document]
  ]
  let isFile = { (field: JSONSchema.Property) in field.schema.isFile }
  guard fields.contains(where: isFile) else { return .object(content) }
  let bytes: JSON = ["type": "string", "contentMediaType": "application/octet-stream"]
  var parts: [String: JSON] = [:]
  for field in fields { parts[field.name] = isFile(field) ? bytes : field.schema.document }
  content["multipart/form-data"] = [
    "schema": [
      "type": "object", "properties": .object(parts),
      "required": .array(fields.filter(\.required).map { .string($0.name) }),
    ]
  ]
  if fields.filter(\.required).allSatisfy(isFile) {
    content["application/octet-stream"] = ["schema": bytes]
  }
  return .object(content)
}

/// How a value stands in a query: plain values as they are, lists as the name several times, and what is
/// more than that as JSON.
private func queryForm(of schema: JSONSchema) -> [String: JSON] {
  switch schema.kind {
  case .object, .map, .any: ["content": ["application/json": ["schema": schema.document]]]
  case .array(let element, let maximum):
    switch element.kind {
    case .object, .map, .any, .array:
      [
        "schema": .object(
          [
            "type": "array",
            "items": [
              "type": "string", "contentMediaType": "application/json",
              "contentSchema": element.document,
            ],
          ].merging(maximum.map { ["maxItems": .integer(Int64($0))] } ?? [:]) { first, _ in first })
      ]
    case .bool, .integer, .number, .string, .choice: ["schema": schema.document]
    }
  case .bool, .integer, .number, .string, .choice: ["schema": schema.document]
  }
}

private let problemSchema: JSON = [
  "type": "object",
  "required": ["type", "title", "status", "detail", "request"],
  "properties": [
    "type": ["type": "string", "format": "uri-reference"],
    "title": ["type": "string"], "status": ["type": "integer"], "detail": ["type": "string"],
    "advice": ["type": "string", "description": "What to do now."],
    "request": ["type": "string", "description": "The request's id, for the log."],
    "fields": [
      "type": "array",
      "items": [
        "type": "object", "required": ["field", "message"],
        "properties": ["field": ["type": "string"], "message": ["type": "string"]],
      ],
    ],
  ],
]
