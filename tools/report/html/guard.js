// Runs in any browser: tells where the page's script cannot run, or failed, and shows what there is
// without it. It is written in the language of browsers that cannot read the rest.
(function () {
  var root = document.documentElement;
  function tell() {
    if (/\bfailed\b/.test(root.className)) return;
    root.className = root.className.replace(/\bjs\b/, "") + " failed";
    var stills = document.getElementsByTagName("noscript"); // text, since scripts run here
    while (stills.length > 0) {
      var shown = document.createElement("div");
      shown.innerHTML = stills[0].textContent;
      stills[0].parentNode.replaceChild(shown, stills[0]);
    }
  }
  window.addEventListener("load", function () {
    if (!root.getAttribute("data-begun")) tell();
  });
  window.addEventListener("failed", tell);
})();
