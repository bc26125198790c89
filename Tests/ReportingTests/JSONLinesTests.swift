import IMAPProtocol
import IMAPSession
import IMAPWire
import SASL
import Testing
import Traffic

@testable import Reporting

@Suite
struct JSONLinesTests {
    private func objects(
        fields: JSONFields = .all,
        _ play: (HandMadeSession) -> Void
    ) throws -> [JSONValue] {
        let output = CapturedOutput()
        let session = HandMadeSession(
            3,
            JSONLines(output: output, fields: fields, header: JSONHeader(version: "1.2.3"))
        )
        play(session)
        session.end(at: 3_000)
        #expect(output.octets.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x0A })
        return try output.lines.map(JSONValue.parse)
    }

    @Test func `the header names the schema and no session`() throws {
        let header = try #require(try self.objects { _ in }.first)
        #expect(header["schema"] == .object(["name": .string("imapscope-events"), "version": .number(1)]))
        #expect(header["imapscope"] == .string("1.2.3"))
        #expect(header["session"] == nil)
    }

    @Test func `every event of a session is an object, numbered and dated`() throws {
        let objects = try self.objects { SampleSession.play(into: $0) }.dropFirst()
        #expect(objects.compactMap { $0["seq"]?.number } == objects.indices.map { Double($0) })
        #expect(objects.allSatisfy { $0["session"] == .number(3) && $0["event"] != nil && $0["time"] != nil })
        let events = objects.compactMap { $0["event"]?.string }
        #expect(
            events == ["session_start", "message", "finding"] + Array(repeating: "message", count: 4)
                + ["finding", "authentication", "state", "exchange"] + Array(repeating: "message", count: 3)
                + ["state", "exchange"] + Array(repeating: "message", count: 7) + ["exchange", "session_end"]
        )
        let proof = objects.first { $0["kind"] == .string("sasl") }
        #expect(proof?["text"] == .string("‹56 octets masked›"))
        #expect(proof?["masked"] == .bool(true))
        #expect(proof?["time"] == .string("2026-11-23T10:00:01.433000Z"))
        let authentication = objects.first { $0["event"] == .string("authentication") }
        #expect(authentication?["verified"] == .bool(true))
        #expect(authentication?["result"] == .string("OK"))
        let exchange = objects.first { $0["event"] == .string("exchange") }
        #expect(exchange?["latency_ms"] == .number(400))
        #expect(exchange?["first_answer_ms"] == .null)
        #expect(objects.last?["duration_ms"] == .number(3_000))
    }

    @Test func `an exchange is written once, whoever tells its end`() throws {
        let objects = try self.objects { session in
            let exchange = session.exchange(1, "a", "NOOP", .noop, sent: 1, ended: 2, status: .ok)
            session.event(.exchangeBegan(exchange))
            session.send(.server, "a OK done\r\n", at: 2) { $0.completes = exchange }
            session.event(.exchangeEnded(exchange))
            session.event(.exchangeEnded(session.exchange(2, "b", "IDLE", .idle, sent: 2)))
        }
        let exchanges = objects.filter { $0["event"] == .string("exchange") }
        #expect(exchanges.map { $0["tag"]?.string } == ["a", "b"])
        #expect(exchanges.last?["status"] == .null)
    }

    @Test func `messages named by number have the UIDs that the session knows`() throws {
        var several = KnownUIDs(number: 4, uid: 40)
        several.insert(number: 5, uid: 4_294_967_295)
        for (fields, names) in [(JSONFields.all, ["uid", "uids"]), (try JSONFields(names: ["uid"]), ["uid"])] {
            let messages = try self.objects(fields: fields) { session in
                session.send(.server, "* 4 EXPUNGE\r\n", at: 1) {
                    $0.sequenceNumber = 4
                    $0.uids = KnownUIDs(number: 4, uid: 40)
                }
                session.send(.client, "a STORE 4:5 FLAGS ()\r\n", at: 2) { $0.uids = several }
                session.send(.server, "* 6 EXPUNGE\r\n", at: 3) { $0.sequenceNumber = 6 }
            }.filter { $0["event"] == .string("message") }
            #expect(messages.map { $0["uid"] } == [.number(40), nil, nil])
            let pairs = JSONValue.object(["4": .number(40), "5": .number(4_294_967_295)])
            #expect(messages.map { $0["uids"] } == [nil, names.contains("uids") ? pairs : nil, nil])
        }
    }

    @Test func `text keeps every octet but the last line end`() throws {
        let objects = try self.objects { session in
            session.send(
                .client,
                octets: Array("a X {3}\r\n\\\"\u{1}\r\n\u{1B}".utf8) + [0xFF, 0x0D, 0x0A],
                at: 0,
                literals: [3]
            )
        }
        let message = try #require(objects.first { $0["event"] == .string("message") })
        #expect(message["text"] == .string(#"a X {3}\x0D\x0A\\"\x01\x0D\x0A\x1B\xFF"#))
        #expect(
            message["literals"]
                == .array([.object(["offset": .number(9), "size": .number(3), "kind": .string("literal")])])
        )
    }

    @Test func `a long literal is left out of the text and previewed`() throws {
        let objects = try self.objects { session in
            let text = "* 1 FETCH (BODY[] {9999}\r\n" + String(repeating: "x", count: 4_096) + ")\r\n"
            session.send(.server, text, at: 0, literals: [4_096]) {
                $0.literals[0].size = 9_999
                $0.literals[0].received = 9_999
            }
        }
        let message = try #require(objects.first { $0["event"] == .string("message") })
        #expect(message["text"] == .string(#"* 1 FETCH (BODY[] {9999}\x0D\x0A)"#))
        let literal = try #require(message["literals"]?.array?.first)
        #expect(literal["preview"] == .string(String(repeating: "x", count: 256)))
    }

    @Test func `the size of a secret literal is not told`() throws {
        let objects = try self.objects { session in
            session.send(.client, "a LOGIN u {6}\r\nhunter\r\n", at: 0, literals: [6], secrets: ["hunter"])
        }
        let message = try #require(objects.first { $0["event"] == .string("message") })
        #expect(message["text"] == .string(#"a LOGIN u {6}\x0D\x0A‹masked›"#))
        #expect(message["literals"]?.array?.first?["size"] == .null)
    }

    @Test func `each other event has its object`() throws {
        let time = HandMadeSession.time(5)
        func change(_ layer: TransportChange.Layer) -> SessionEvent {
            .transportChange(TransportChange(layer: layer, clientOffset: 20, serverOffset: 30, time: time))
        }
        func outcome(_ verdict: Verdict?, cancelled: Bool = false) -> SessionEvent {
            .authentication(
                AuthenticationOutcome(
                    mechanism: "PLAIN",
                    user: nil,
                    authorizationIdentity: "root",
                    status: nil,
                    cancelled: cancelled,
                    verdict: verdict,
                    exchange: 1,
                    time: time
                )
            )
        }
        let events: [SessionEvent] = [
            change(.tls), change(.unexpectedTLS), change(.deflate), change(.saslLayer), change(.desynchronised),
            outcome(.wrong(reason: "another password")), outcome(.notCheckable(reason: "no password")),
            outcome(nil, cancelled: true),
            .finding(finding("x", .critical, "</script>"), time: time),
            .closed(.client, .reset, time: time),
            .edit(
                Edit(direction: .server, offset: 9, cause: "--starttls", before: "A\r\n", after: "B\r\n", time: time)
            ),
            .opaque(direction: .client, octets: 5, time: time), .opaque(direction: .client, octets: 6, time: time),
        ]
        let objects = try self.objects { session in for event in events { session.event(event) } }
        #expect(
            objects.dropFirst().compactMap { $0["event"]?.string } == [
                "session_start", "tls", "tls", "state", "state", "gap", "authentication", "authentication",
                "authentication", "finding", "state", "edit", "gap", "session_end",
            ]
        )
        #expect(objects[7]["verified"] == .bool(false))
        #expect(objects[7]["verdict"] == .string("another password"))
        #expect(objects[8]["verified"] == .null)
        #expect(objects[9]["result"] == .string("cancelled"))
        #expect(objects[10]["text"] == .string("</script>"))
        #expect(objects[11]["closed"] == .string("client"))
        #expect(objects[12]["before"] == .string(#"A\x0D\x0A"#))
        #expect(objects[13]["octets"] == .number(11))
    }

    @Test func `TLS of a leg has a field for each fact`() throws {
        let certificate = CertificateFacts(
            subject: "CN=mail",
            issuer: "CN=ca",
            names: ["mail", "192.0.2.1"],
            notBefore: HandMadeSession.time(0),
            notAfter: HandMadeSession.time(1),
            fingerprint: "00ff"
        )
        func change(_ outcome: TLSChange.Outcome) -> SessionEvent {
            .tls(
                TLSChange(
                    leg: .upstream,
                    start: .starttls,
                    outcome: outcome,
                    client: nil,
                    upstream: nil,
                    clientOffset: 1,
                    serverOffset: 2,
                    time: HandMadeSession.time(0)
                )
            )
        }
        let facts = TLSFacts(
            version: "TLS 1.3",
            cipher: "TLS_AES_128_GCM_SHA256",
            group: "x25519",
            applicationProtocol: "imap",
            serverName: "mail",
            isResumed: true,
            certificate: certificate,
            verification: .verified
        )
        let refused = TLSHandshakeFailure(.refusedByPeer, alert: "unknown_ca", reason: "alert")
        let objects = try self.objects { session in
            for outcome in [
                TLSChange.Outcome.established(facts), .failed(refused), .truncated, .renegotiationRefused,
                .broken(refused),
            ] { session.event(change(outcome)) }
        }
        .filter { $0["event"] == .string("tls") }
        let first = try #require(objects.first)
        let texts = [
            "leg": "upstream", "how": "STARTTLS", "result": "established", "version": "TLS 1.3",
            "cipher": "TLS_AES_128_GCM_SHA256", "group": "x25519", "alpn": "imap", "sni": "mail", "subject": "CN=mail",
            "issuer": "CN=ca", "fingerprint": "00ff",
        ]
        for (name, text) in texts { #expect(first[name] == .string(text), "\(name)") }
        #expect(first["resumed"] == .bool(true))
        #expect(first["verified"] == .bool(true))
        #expect(first["names"]?.array?.count == 2)
        #expect(first["not_before"]?.string?.hasSuffix("Z") == true)
        #expect(
            objects.compactMap { $0["result"]?.string } == [
                "established", "failed", "truncated", "renegotiation refused", "broken",
            ]
        )
        #expect(objects[1]["alert"] == .string("unknown_ca"))
        #expect(objects[1]["refused_by"] == .string("peer"))
        #expect(objects[2]["alert"] == nil)
    }

    @Test func `every field has a bit of its own`() throws {
        for name in JSONFields.names where name != "event" {
            let one = try JSONFields(names: [name])
            let others = try JSONFields(names: JSONFields.names.filter { $0 != name })
            #expect(!one.intersects(others), "\(name)")
            #expect(one.intersects(.all))
        }
    }

    @Test func `fields reduce each object to what was asked for`() throws {
        let fields = try JSONFields(names: ["event", "tag", "status", "latency_ms"])
        let objects = try self.objects(fields: fields) { SampleSession.play(into: $0) }
        for object in objects.dropFirst() {
            #expect(object.keys.isSubset(of: ["event", "tag", "status", "latency_ms"]))
        }
        #expect(objects.contains { $0.keys == ["event", "tag", "status", "latency_ms"] })
    }

    @Test func `no octets are asked for when no field needs them`() throws {
        let output = CapturedOutput()
        let sink = JSONLines(
            output: output,
            fields: try JSONFields(names: ["offset", "length"]),
            header: JSONHeader(version: "1")
        )
        let session = HandMadeSession(1, sink)
        session.send(.server, "* 1 EXISTS\r\n", at: 0)
        sink.flush()
        #expect(output.lines.last == #"{"event":"message","offset":0,"length":12}"#)
    }

    @Test func `an unknown field is an error that names the known ones`() throws {
        let error = try #require(throws: UnknownField.self) { try JSONFields(names: ["tag", "colour"]) }
        #expect(error.name == "colour")
        #expect(error.advice?.contains("latency_ms") == true)
        #expect(error.exitCode == .usage)
    }

    @Test func `every field has a place and a name of its own`() {
        #expect(JSONField.allCases.count <= 128)
        #expect(Set(JSONField.allCases.map(\.name)).count == JSONField.allCases.count)
    }
}
