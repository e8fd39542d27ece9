/* Files are sent one by one with progress, dropped or chosen; without this script the form posts them all at once. */
(() => {
  "use strict";

  const form = document.querySelector("form[data-bring]");
  if (form) {
    const input = form.querySelector("input[type=file]");
    const place = form.querySelector("[data-sending]");
    const said = form.querySelector("[data-said]");
    const bar = place.querySelector("progress");
    const button = form.querySelector("[data-choose]");
    const mostFiles = Number(form.dataset.mostFiles);
    const mostBytes = Number(form.dataset.mostBytes);

    const tooLarge = (file) => {
      const unpacked = Number(form.dataset.unpacked);
      const way =
        file.size > unpacked * 1024 * 1024
          ? "Попросите отправителя разделить его на несколько файлов."
          : `Сожмите его в архив ZIP и загрузите архив: внутри него файл может занимать до ${unpacked} МБ.`;
      return `Файл «${file.name}» больше ${form.dataset.megabytes} МБ — это предел для одного файла. ${way}`;
    };

    const letter = [...form.querySelectorAll("input[name^=control_]")];

    const note = (kind, sentence) => {
      const line = document.createElement("p");
      line.className = `note ${kind}`;
      line.textContent = sentence;
      document.getElementById("messages").append(line);
    };

    const send = (file, told) =>
      new Promise((resolve) => {
        const request = new XMLHttpRequest();
        const body = new FormData();
        body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
        body.append("files", file, file.name);
        letter.forEach((total) => body.append(total.name, total.value));
        request.upload.addEventListener("progress", (event) => event.lengthComputable && told(event.loaded / event.total));
        request.addEventListener("loadend", () => {
          let answer = null;
          try {
            answer = JSON.parse(request.responseText);
          } catch {
            answer = null;
          }
          resolve(answer ?? { taken: 0, faults: [`Файл «${file.name}» не передан: нет связи или истёк вход. Повторите загрузку.`] });
        });
        request.open("POST", form.action);
        request.setRequestHeader("Accept", "application/json");
        request.send(body);
      });

    const bring = async (files) => {
      document.getElementById("messages").replaceChildren();
      if (!files.length) return;
      if (files.length > mostFiles) {
        note("error", `За один раз принимается не больше ${mostFiles} файлов, а выбрано ${files.length}. Разделите их на части.`);
        return;
      }
      if (files.length > 1 && letter.some((total) => total.value.trim())) {
        note("error", "Итоги письма относятся к одному файлу. Для нескольких внесите их на странице каждого файла.");
        return;
      }
      button.disabled = true;
      place.hidden = false;
      let taken = 0;
      for (const [number, file] of files.entries()) {
        said.textContent = `Передаётся ${number + 1} из ${files.length}: ${file.name}`;
        if (file.size > mostBytes) {
          note("error", tooLarge(file));
          continue;
        }
        const answer = await send(file, (part) => (bar.value = ((number + part) / files.length) * 100));
        taken += answer.taken;
        answer.faults.forEach((fault) => note("error", fault));
        document.body.dispatchEvent(new CustomEvent("brought"));
      }
      place.hidden = true;
      button.disabled = false;
      input.value = "";
      if (taken) letter.forEach((total) => (total.value = ""));
      if (taken) note("success", `Принято к обработке файлов: ${taken}. Ход виден в таблице, страницу можно закрыть.`);
    };

    input.hidden = true;
    form.querySelector("[data-send]").hidden = true;
    button.hidden = false;
    button.addEventListener("click", () => input.click());
    input.addEventListener("change", () => bring([...input.files]));
    form.addEventListener("dragover", (event) => {
      event.preventDefault();
      form.classList.add("over");
    });
    form.addEventListener("dragleave", () => form.classList.remove("over"));
    form.addEventListener("drop", (event) => {
      event.preventDefault();
      form.classList.remove("over");
      bring([...event.dataTransfer.files]);
    });
  }

  document.querySelectorAll("[data-copy]").forEach((button) => {
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      button.parentElement.querySelector("[data-copied]").textContent = "Скопировано.";
    });
  });
})();
