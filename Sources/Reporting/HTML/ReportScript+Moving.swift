extension ReportScript {
    /// What keys, clicks and the printer do.
    static let moving: StaticString = #"""

        const [filter, flat, rows, space, detail, status, banner, keys, paper] =
          ["filter", "flat", "rows", "space", "detail", "status", "banner", "keys", "print"].map(id => document.getElementById(id));
        let current = null, picked = null, total = 0;

        function pick(index) {
          if (shown.length === 0) return;
          index = Math.max(0, Math.min(shown.length - 1, index));
          picked = shown[index];
          const top = index * height;
          if (top < rows.scrollTop) rows.scrollTop = top;
          else if (top + height > rows.scrollTop + rows.clientHeight) rows.scrollTop = top + height - rows.clientHeight;
          draw(true);
          show();
        }

        function unfold(row, want) {
          if (row.kind !== "exchange") return;
          if (want === undefined) want = !open.has(row);
          if (want) open.add(row); else open.delete(row);
          arrange();
        }

        function choose(number) {
          current = number;
          rows.scrollTop = 0;
          list();
          arrange();
          if (shown.length > 0) pick(0);
        }

        function nearby(step) {
          const numbers = [null, ...sessions.keys()];
          const next = numbers[numbers.indexOf(current) + step];
          if (next !== undefined) choose(next);
        }

        function nextFinding(step) {
          let index = shown.indexOf(picked);
          for (let count = 0; count < shown.length; count += 1) {
            index = (index + step + shown.length) % shown.length;
            if (shown[index].worst < 0) continue;
            const row = shown[index];
            if (row.kind === "exchange" && !open.has(row)) {
              open.add(row);
              arrange();
              const inside = row.children.find(child => child.worst === row.worst);
              const place = shown.indexOf(inside);
              if (place >= 0) return pick(place);
            }
            if (row.kind !== "exchange") return pick(index);
          }
          status.textContent = "no finding here";
        }

        function turn() {
          const root = document.documentElement;
          const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
          root.dataset.theme = dark ? "light" : "dark";
        }

        const actions = {
          ArrowDown: () => pick(shown.indexOf(picked) + 1), j: () => pick(shown.indexOf(picked) + 1),
          ArrowUp: () => pick(shown.indexOf(picked) - 1), k: () => pick(shown.indexOf(picked) - 1),
          PageDown: () => pick(shown.indexOf(picked) + Math.floor(rows.clientHeight / height)),
          PageUp: () => pick(shown.indexOf(picked) - Math.floor(rows.clientHeight / height)),
          Home: () => pick(0), End: () => pick(shown.length - 1),
          ArrowRight: () => picked && unfold(picked, true),
          ArrowLeft: () => {
            if (!picked) return;
            if (picked.kind === "exchange") return unfold(picked, false);
            if (picked.parent && !flat.checked) pick(shown.indexOf(picked.parent));
          },
          Enter: () => picked && (picked.kind === "exchange" ? unfold(picked) : detail.focus()),
          e: () => { open = new Set(entries.filter(row => row.kind === "exchange")); arrange(); }, E: () => { open = new Set(); arrange(); },
          f: () => nextFinding(1), F: () => nextFinding(-1), "[": () => nearby(-1), "]": () => nearby(1),
          "/": () => filter.focus(), "?": () => keys.showModal(), t: turn,
          Escape: () => { filter.value = ""; arrange(); rows.focus(); },
        };

        document.addEventListener("keydown", event => {
          if (event.ctrlKey || event.metaKey || event.altKey || keys.open) return;
          if (event.target === filter) {
            if (event.key === "Escape" || event.key === "ArrowDown" || event.key === "Enter") {
              if (event.key === "Escape") { filter.value = ""; arrange(); }
              rows.focus();
              if (!picked) pick(0);
              event.preventDefault();
            }
            return;
          }
          const moves = ["ArrowDown", "ArrowUp", "PageDown", "PageUp", "Home", "End", "Enter", "ArrowLeft", "ArrowRight"].includes(event.key);
          if (moves && event.target !== rows && event.target !== document.body) return;
          const action = actions[event.key];
          if (!action) return;
          event.preventDefault();
          action();
        });

        let waiting = 0;
        filter.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(arrange, 150); });
        flat.addEventListener("change", arrange);
        rows.addEventListener("scroll", () => draw(false), { passive: true });
        new ResizeObserver(() => draw(false)).observe(rows);
        document.getElementById("finding").addEventListener("click", event => nextFinding(event.shiftKey ? -1 : 1));
        document.getElementById("theme").addEventListener("click", turn);
        document.getElementById("help").addEventListener("click", () => keys.showModal());

        // Paper shows what the list does, unfolded; more than this is nothing for paper.
        const pages = 4000;
        addEventListener("beforeprint", () => {
          const nodes = [];
          let owner = null, cut = 0;
          for (const row of shown) {
            for (const one of row.kind === "exchange" ? open.has(row) ? [] : row.children : [row]) {
              if (nodes.length > pages) { cut += 1; continue; }
              if (one.owner !== owner) {
                owner = one.owner;
                nodes.push(make("h2", "", "#" + owner.number + " " + owner.client + " → " + owner.server));
              }
              const said = one.kind === "message" ? (one.event.direction === "client" ? "C: " : "S: ") + firstLine(one.event.text || "") : "-- " + describe(one.event);
              nodes.push(make("p", "", seconds(one) + " " + said));
              if (one.event.note) nodes.push(make("p", "note", one.event.note));
              for (const finding of one.kind === "message" ? one.findings : []) nodes.push(make("p", "note", "! " + finding.severity + " " + finding.id + ": " + finding.text));
            }
          }
          if (cut) nodes.push(make("p", "", cut + " more are left out; a filter shows fewer"));
          paper.replaceChildren(...nodes);
        });
        addEventListener("afterprint", () => paper.replaceChildren());

        readBlock(() => {
          total = entries.filter(row => row.kind !== "exchange").length;
          const told = [];
          if (revealed) told.push("SECRETS REVEALED: passwords and tokens are shown in this file.");
          if (unverified) told.push("SERVER NOT VERIFIED: any certificate was accepted.");
          if (left && left.messages) told.push(left.messages.toLocaleString("en") + " messages (" + amount(left.octets) + ") are left out: the page would be too large. A filter (-Y) shows those that matter; findings and commands are all here.");
          else if (left) told.push("Some messages are missing: the disk was too slow.");
          banner.textContent = told.join(" ");
          banner.hidden = told.length === 0;
          document.title = "imapscope: " + sessions.size + (sessions.size === 1 ? " session" : " sessions");
          list();
          arrange();
          if (shown.length > 0) pick(0);
          rows.focus();
        });
        });

        """#
}
