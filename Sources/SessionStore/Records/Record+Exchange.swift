import IMAPProtocol
import IMAPSession
import Traffic

extension RecordWriter {
    mutating func write(_ exchange: Exchange) {
        self.part { part in
            part.write(exchange.number)
            part.write(exchange.tag)
            part.write(exchange.hidesTag)
            part.write(exchange.name)
            part.write(exchange.command?.rawValue)
            part.write(exchange.isUID)
            part.write(exchange.began)
            part.write(exchange.sent)
            part.write(exchange.firstAnswer) { $0.write($1) }
            part.write(exchange.ended) { $0.write($1) }
            part.write(exchange.status) { $0.write($1) }
            part.write(exchange.clientOctets)
            part.write(exchange.serverOctets)
            part.write(exchange.untagged)
            part.write(exchange.literals)
        }
    }

    mutating func write(_ finding: Finding) {
        self.part { part in
            part.write(finding.id)
            part.write(UInt64(finding.severity.rawValue))
            part.write(finding.blame.rawValue)
            part.write(finding.direction)
            part.write(finding.offset)
            part.write(finding.text)
            part.write(finding.reference)
            part.write(finding.leg?.rawValue)
            part.write(finding.isNote)
            part.write(finding.check)
        }
    }

    mutating func write(_ edit: Edit) {
        self.part { part in
            part.write(edit.direction)
            part.write(edit.offset)
            part.write(edit.cause)
            part.write(edit.before)
            part.write(edit.after)
            part.write(edit.time)
        }
    }
}

extension RecordReader {
    mutating func exchange() throws(Damage) -> Exchange {
        try self.part { (part: inout RecordReader) throws(Damage) in
            let number = try part.int()
            let tag = try part.string()
            let hidesTag = try part.bool()
            let name = try part.string()
            let command = try part.known(Command.self)
            let isUID = try part.bool()
            let began = try part.time()
            var exchange = Exchange(
                number: number,
                tag: tag,
                name: name,
                command: command,
                isUID: isUID,
                began: began,
                sent: try part.time()
            )
            exchange.hidesTag = hidesTag
            exchange.firstAnswer = try part.optional { (part) throws(Damage) in try part.time() }
            exchange.ended = try part.optional { (part) throws(Damage) in try part.time() }
            exchange.status = try part.optional { (part) throws(Damage) in try part.status() }
            exchange.clientOctets = try part.unsigned()
            exchange.serverOctets = try part.unsigned()
            exchange.untagged = try part.int()
            exchange.literals = try part.int()
            return exchange
        }
    }

    mutating func finding() throws(Damage) -> Finding {
        try self.part { (part: inout RecordReader) throws(Damage) in
            let id = try part.string()
            guard let severity = Severity(rawValue: UInt8(truncatingIfNeeded: try part.unsigned())) else {
                throw Damage()
            }
            let blame = try part.raw(Blame.self)
            let direction = try part.direction()
            let offset = try part.unsigned()
            let text = try part.string()
            var finding = Finding(
                id: id,
                severity: severity,
                blame: blame,
                direction: direction,
                offset: offset,
                text: text,
                reference: try part.string()
            )
            finding.leg = try part.known(Leg.self)
            finding.isNote = try part.bool()
            finding.check = try part.optionalString()
            return finding
        }
    }

    mutating func edit() throws(Damage) -> Edit {
        try self.part { (part: inout RecordReader) throws(Damage) in
            let direction = try part.direction()
            let offset = try part.unsigned()
            let cause = try part.string()
            let before = try part.string()
            let after = try part.string()
            return Edit(
                direction: direction,
                offset: offset,
                cause: cause,
                before: before,
                after: after,
                time: try part.time()
            )
        }
    }
}
