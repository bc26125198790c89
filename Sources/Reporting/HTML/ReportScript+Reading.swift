extension ReportScript {
    /// From lines of JSON to sessions, exchanges and rows.
    static let reading: StaticString = #"""

        const severities = ["info", "low", "medium", "high", "critical"];
        const sessions = new Map();   // number -> session
        const entries = [];           // all that can be a row, in order of time
        let left = null, revealed = false, unverified = false, damaged = 0;

        function session(number) {
          let found = sessions.get(number);
          if (!found) {
            found = { number, client: "", server: "", legs: "", start: null, end: null, user: null, mailbox: null, exchanges: new Map(),
              messages: 0, findings: [0, 0, 0, 0, 0], last: null, states: [] };
            sessions.set(number, found);
          }
          return found;
        }

        function exchange(owner, number) {
          let found = owner.exchanges.get(number);
          if (!found) {
            found = { kind: "exchange", owner, number, children: [], tag: "", name: "", status: undefined, latency: null, first: null,
              time: null, worst: -1, note: "", mailbox: owner.mailbox };
            owner.exchanges.set(number, found);
            entries.push(found);
          }
          return found;
        }

        function add(owner, row) {
          row.owner = owner;
          row.mailbox = owner.mailbox;
          row.findings = row.findings || [];
          row.worst = -1;
          if (row.exchange) {
            row.parent = exchange(owner, row.exchange);
            row.parent.children.push(row);
            if (row.parent.time === null) row.parent.time = row.time;
          }
          entries.push(row);
          owner.last = row;
          return row;
        }

        function take(event) {
          if (event.event === "header") {
            revealed = revealed || event.reveals_secrets;
            unverified = unverified || event.skips_verification;
            return;
          }
          if (event.event === "left_out") { left = event; return; }
          if (typeof event.session !== "number") {
            if (event.event === "gap") left = left || { messages: 0, octets: event.octets };
            return;
          }
          const owner = session(event.session);
          const time = Date.parse(event.time);
          if (owner.start === null) owner.start = time;
          owner.latest = time;
          switch (event.event) {
          case "session_start":
            owner.start = time;
            owner.client = event.client; owner.server = event.server;
            owner.legs = event.upstream_leg ? "client " + event.client_leg + ", upstream " + event.upstream_leg : event.client_leg;
            break;
          case "session_end": owner.end = event; owner.user = event.user || owner.user; break;
          case "message": {
            owner.messages += 1;
            const row = add(owner, { kind: "message", event, time, exchange: event.exchange || 0 });
            if (event.kind === "command" && row.parent) {
              row.parent.tag = event.tag || ""; row.parent.name = (event.name || "").toUpperCase();
              row.parent.note = event.note || ""; row.parent.time = time;
            }
            break;
          }
          case "exchange": {
            const found = exchange(owner, event.exchange);
            Object.assign(found, { tag: event.tag, name: event.name, status: event.status, latency: event.latency_ms, first: event.first_answer_ms,
              sent: event.client_octets, received: event.server_octets });
            if (found.time === null) found.time = time;
            break;
          }
          case "finding": {
            const rank = severities.indexOf(event.severity);
            owner.findings[rank] += 1;
            // The findings of a message come behind it and say where it begins or what lies in it.
            const last = owner.last;
            const inside = last && last.kind === "message" && last.event.direction === event.direction
              && event.offset >= last.event.offset && event.offset <= last.event.offset + last.event.length && last.event.time === event.time;
            const row = inside ? last : add(owner, { kind: "event", event, time });
            row.findings.push(event);
            row.worst = Math.max(row.worst, rank);
            if (row.parent) row.parent.worst = Math.max(row.parent.worst, rank);
            break;
          }
          default: {
            if (event.event === "authentication" && event.user && event.result === "OK") owner.user = event.user;
            if (event.event === "state" && event.to) owner.mailbox = event.to === "selected" ? event.mailbox || null : null;
            const last = owner.last;
            if (last && last.kind === "message" && last.event.time === event.time && (event.event === "authentication" || event.event === "state" && event.to)) {
              (last.effects = last.effects || []).push(event);
            } else add(owner, { kind: "event", event, time });
          }
          }
        }

        function describe(event) {
          switch (event.event) {
          case "finding": return event.id + ": " + event.text;
          case "authentication": return "authentication of " + (event.user || "an unknown user") + " with " + event.mechanism + ": " + event.result
            + (event.verified === true ? ", verified" : event.verified === false ? ", WRONG" : "") + (event.verdict ? " (" + event.verdict + ")" : "");
          case "state":
            if (event.closed) return event.closed + " " + (event.how === "reset" ? "reset the connection" : event.how);
            if (event.layer) return event.layer + " begins" + (event.how ? ", " + event.how : "");
            return event.from + " → " + event.to + (event.mailbox ? " " + event.mailbox : "");
          case "gap": return event.reason ? (event.octets ? event.octets + " octets " : "") + event.reason : event.length + " octets of the " + event.direction + " are missing";
          case "tls": return "TLS " + [event.leg && event.leg + " leg", event.how, event.layer, event.result, event.version, event.cipher, event.sni, event.alert]
            .filter(Boolean).join(", ");
          case "edit": return "edited (" + event.cause + ")";
          default: return event.event;
          }
        }

        // One block at a time, so that a large page can be seen and left while it is read.
        const blocks = [...document.querySelectorAll("script.events")];
        function readBlock(done) {
          const block = blocks.shift();
          if (!block) return done();
          for (const line of block.textContent.split("\n")) {
            if (!line) continue;
            let event;
            try { event = JSON.parse(line); } catch { damaged += 1; continue; }
            take(event);
          }
          block.remove();
          status.textContent = "reading … " + entries.length;
          setTimeout(readBlock, 0, done);
        }

        """#
}
