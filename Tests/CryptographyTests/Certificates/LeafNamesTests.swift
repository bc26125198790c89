import Cryptography
import Testing
import Traffic

@Suite struct LeafNamesTests {
    /// A certificate with `names` as they are, good or bad, as a hostile server would have it.
    private func upstream(_ names: [SubjectAltName]) throws -> Certificate {
        try HostileCertificate.make(names: names)
    }

    @Test func `the host comes first, then the upstream names, wildcards kept`() throws {
        let upstream = try self.upstream([.dns("*.Example.org"), .dns("imap.example.org"), .ip([192, 0, 2, 1])])
        let names = LeafNames(hosts: ["imap.example.org"], copying: upstream)
        #expect(names.entries == [.dns("imap.example.org"), .dns("*.example.org"), .ip([192, 0, 2, 1])])
        #expect(names.omitted == 0)
    }

    @Test(arguments: [
        "a\0b.example", "imap.example.org\0.evil.example", "", ".", "a..b", "\u{202E}gro.elpmaxe", "bücher.example",
        "a b.example", "-a.example", "a-.example", "*", "a.*.example", "*a.example", "192.0.2.1", "::1", "1.2.3",
        "a,DNS:b.example", "a\n.example", "a.example/", String(repeating: "a", count: 64) + ".example",
        String(repeating: "a.", count: 130) + "example",
    ])
    func `a hostile upstream name is not copied`(name: String) throws {
        let names = LeafNames(hosts: ["good.example"], copying: try self.upstream([.dns(name)]))
        #expect(names.entries == [.dns("good.example")])
        #expect(names.omitted == 1)
    }

    @Test func `an address of a wrong length is not copied`() throws {
        let names = LeafNames(hosts: ["good.example"], copying: try self.upstream([.ip([1, 2, 3]), .ip([])]))
        #expect(names.entries == [.dns("good.example")])
        #expect(names.omitted == 2)
    }

    @Test func `ten thousand names are cut, counted, and still make a good certificate`() throws {
        let many = (0..<10_000).map { SubjectAltName.dns("h\($0).example") }
        let upstream = try self.upstream(many)
        #expect(upstream.subjectAltNames.count == 10_000)
        let names = LeafNames(hosts: ["good.example"], copying: upstream)
        #expect(names.entries.count == LeafNames.countLimit)
        #expect(names.entries[0] == .dns("good.example"))
        #expect(names.omitted == 10_001 - LeafNames.countLimit)
        let identity = try #require(
            try Shared.issuer.get().identity(for: ["good.example"], copying: upstream, now: now)
        )
        #expect(identity.omittedNames == names.omitted)
        #expect(identity.certificate.der.count < 16_384)
        #expect(identity.certificate.subjectAltNames == names.entries)
    }

    @Test func `long names are cut by their octets`() throws {
        let label = String(repeating: "x", count: 60)
        let many = (0..<200).map { SubjectAltName.dns("h\($0).\(label).\(label).\(label).example") }
        let names = LeafNames(hosts: ["good.example"], copying: try self.upstream(many))
        #expect(names.entries.reduce(0) { $0 + $1.text.utf8.count } <= LeafNames.octetLimit)
        #expect(names.omitted > 100)
    }

    @Test func `a certificate without subjectAltName lends its commonName`() throws {
        let old = try HostileCertificate.make(names: [], commonName: "Old.example")
        #expect(LeafNames(hosts: [], copying: old).entries == [.dns("old.example")])
        let hostile = try HostileCertificate.make(names: [], commonName: "x\u{202E}y")
        #expect(LeafNames(hosts: [], copying: hostile).entries.isEmpty)
    }

    @Test func `a name too long for commonName stands in subjectAltName alone`() throws {
        let long = "\(String(repeating: "a", count: 60)).example"
        let leaf = try #require(try Shared.issuer.get().identity(for: [long], now: now)).certificate
        #expect(leaf.commonName == nil)
        #expect(leaf.subject == "O=imapscope")
        #expect(leaf.covers(host: long))
    }

    @Test(
        arguments: [
            ("IMAP.Example.org.", .dns("imap.example.org")), ("127.0.0.1", .ip([127, 0, 0, 1])),
            ("localhost", .dns("localhost")), ("_x.example", .dns("_x.example")),
            ("[::1]", .ip([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])),
            ("xn--bcher-kva.example", .dns("xn--bcher-kva.example")), ("127.1", nil), ("127.0.0.1\0x", nil), ("", nil),
        ] as [(String, SubjectAltName?)]
    )
    func `a host is a name or an address`(host: String, expected: SubjectAltName?) {
        #expect(SubjectAltName(host: host) == expected)
    }

    @Test func `names are compared as RFC 9525 has it`() throws {
        let leaf = try self.upstream([.dns("*.example.org"), .dns("b.example"), .ip([192, 0, 2, 1])])
        for host in ["a.example.org", "B.EXAMPLE", "192.0.2.1"] { #expect(leaf.covers(host: host), "\(host)") }
        for host in ["example.org", "a.b.example.org", "c.example", "192.0.2.2", "bad name", ""] {
            #expect(!leaf.covers(host: host), "\(host)")
        }
    }
}
