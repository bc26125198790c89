extension ReportScript {
    /// From the words in the filter's box to the rows that are shown.
    static let filtering: StaticString = #"""

        const fields = {
          session: (row, value) => String(row.owner.number) === value,
          user: (row, value) => (row.owner.user || "").toLowerCase().includes(value),
          mailbox: (row, value) => (row.mailbox || "").toLowerCase().includes(value),
          command: (row, value) => { const of = row.parent || row; return (of.name || "").toLowerCase().includes(value); },
          tag: (row, value) => { const of = row.parent || row; return (of.tag || (row.event && row.event.tag) || "").toLowerCase() === value; },
          kind: (row, value) => !!row.event && (row.event.kind || row.event.event) === value,
          dir: (row, value) => !!row.event && (row.event.direction || "").startsWith(value),
          status: (row, value) => { const of = row.parent || row; return of.kind === "exchange" ? (of.status || "none").toLowerCase() === value
            : (row.event && row.event.status || "").toLowerCase() === value; },
          severity: (row, value) => row.worst >= 0 && row.worst >= severities.indexOf(value),
          finding: (row, value) => (row.findings || []).some(finding => finding.id.toLowerCase().includes(value)),
          latency: null, size: null,
        };

        function number(row, name) {
          if (name === "latency") { const of = row.parent || row; return of.latency === null || of.latency === undefined ? NaN : of.latency; }
          return row.event ? row.event.length === undefined ? NaN : row.event.length : (row.sent || 0) + (row.received || 0);
        }

        function words(row) {
          if (row.kind === "exchange") return (row.tag + " " + row.name + " " + row.note).toLowerCase();
          if (row.words === undefined) {
            const event = row.event;
            const said = row.kind === "message" ? [event.text, event.note, ...(event.literals || []).map(literal => literal.preview)] : [describe(event), event.text];
            for (const finding of row.findings) said.push(finding.id, finding.text);
            for (const effect of row.effects || []) said.push(describe(effect));
            const text = said.filter(Boolean).join("\n").toLowerCase();
            // Kept for short ones only: they are most.
            if (text.length > 400) return text;
            row.words = text;
          }
          return row.words;
        }

        // Throws what is wrong with it.
        function compile(text) {
          const tests = [];
          for (const [, no, quoted, plain] of text.matchAll(/(-?)(?:"([^"]*)"?|(\S+))/g)) {
            const word = (quoted ?? plain).toLowerCase();
            const parts = quoted === undefined && /^([a-z]+)([:<>])(.*)$/.exec(word);
            let test;
            if (parts && parts[1] in fields) {
              const [, name, sign, value] = parts;
              if (name === "severity" && !severities.includes(value)) throw "severity is one of " + severities.join(", ");
              if (fields[name] === null) {
                const bound = Number(value);
                if (sign === ":" || value === "" || Number.isNaN(bound)) throw name + " takes < or > and a number";
                test = sign === ">" ? row => number(row, name) > bound : row => number(row, name) < bound;
              } else {
                if (sign !== ":") throw name + " takes a colon";
                test = row => fields[name](row, value);
              }
            } else test = row => words(row).includes(word);
            if (word) tests.push(no ? row => !test(row) : test);
          }
          return row => tests.every(test => test(row));
        }

        let open = new Set();       // exchanges that are unfolded
        let shown = [];             // rows, from the first to the last
        let counted = 0;

        function arrange() {
          const text = filter.value.trim();
          let match;
          try { match = text ? compile(text) : null; filter.classList.remove("wrong"); filter.title = ""; }
          catch (reason) { filter.classList.add("wrong"); filter.title = String(reason); status.textContent = String(reason); return; }
          shown = []; counted = 0;
          for (const row of entries) {
            if (current !== null && row.owner.number !== current) continue;
            if (row.kind === "exchange") {
              if (flat.checked) continue;
              const children = match ? row.children.filter(match) : row.children;
              if (match && children.length === 0 && !match(row)) continue;
              counted += children.length;
              shown.push(row);
              if (open.has(row)) for (const child of children) shown.push(child);
            } else {
              if (row.parent && !flat.checked) continue;
              if (match && !match(row)) continue;
              counted += 1;
              shown.push(row);
            }
          }
          // A browser's tallest element: rows beyond it could not be reached.
          space.style.height = Math.min(shown.length, 1300000) * height + "px";
          if (picked && !shown.includes(picked)) picked = picked.parent && shown.includes(picked.parent) ? picked.parent : null;
          status.textContent = counted.toLocaleString("en") + " of " + total.toLocaleString("en") + " messages and events"
            + (text ? " match" : "") + (damaged ? "; damaged lines: " + damaged : "");
          draw(true);
        }

        """#
}
