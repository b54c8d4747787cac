// The rules for all JavaScript. Scripts of pages must be ES2020 (as in Chrome 90) and strict, and may use only the global
// names listed here.
import js from "@eslint/js";

const BROWSER = [
  "Blob", "CSS", "ClipboardItem", "DecompressionStream", "File", "NodeFilter", "Response", "SpeechSynthesisUtterance", "TextDecoder", "TextEncoder", "URL",
  "URLSearchParams", "clearTimeout", "document", "getComputedStyle", "history", "localStorage", "location", "navigator",
  "requestAnimationFrame", "setTimeout", "window",
];
const NODE = ["Event", "atob", "console", "performance", "process"];
const OWN = [
  "workreportAloud", "workreportCitations", "workreportCite", "workreportCode", "workreportClosed", "workreportAnchor", "workreportCopy", "workreportCurrent", "workreportDigest", "workreportDrawer", "workreportIndex",
  "workreportList", "workreportLit", "workreportMemory", "workreportOpen", "workreportPicture", "workreportSay", "workreportSearch", "workreportSource",
];

const rules = {
  ...js.configs.recommended.rules,
  "arrow-body-style": "error",
  "curly": ["error", "multi-line"],
  "eqeqeq": "error",
  "no-eval": "error",
  "no-implicit-globals": "error",
  "no-implied-eval": "error",
  "no-new-func": "error",
  "no-var": "error",
  "object-shorthand": "error",
  "prefer-arrow-callback": "error",
  "prefer-const": ["error", { destructuring: "all" }],
  "prefer-rest-params": "error",
  "prefer-spread": "error",
  "prefer-template": "error",
  "strict": ["error", "function"],
};
const FUNCTIONS = [
  {
    selector: ":not(Property[method=true], MethodDefinition) > FunctionExpression",
    message: "Write an arrow function or a declaration.",
  },
];

export default [
  {
    files: ["**/*.js"],
    languageOptions: {
      ecmaVersion: 2020, sourceType: "script", globals: Object.fromEntries(BROWSER.map((name) => [name, "readonly"])),
    },
    linterOptions: { noInlineConfig: true },
    rules: {
      ...rules,
      "no-restricted-syntax": [
        "error",
        ...FUNCTIONS,
        {
          selector: "MemberExpression[object.name=window][property.name=/^workreport/]",
          message: "Scripts share their names by globalThis; window is for what the browser has.",
        },
        {
          selector: `MemberExpression[object.name=globalThis]:not([property.name=/^(${OWN.join("|")})$/])`,
          message: "Scripts share the names in OWN of eslint.config.mjs and no others.",
        },
      ],
    },
  },
  {
    // Scripts that tests run in Node.js. They use top-level `await`, which is newer than ES2020.
    files: ["**/*.mjs"],
    languageOptions: {
      ecmaVersion: 2022, sourceType: "module",
      globals: Object.fromEntries([...BROWSER, ...NODE].map((name) => [name, "readonly"])),
    },
    linterOptions: { noInlineConfig: true },
    rules: { ...rules, "no-eval": "off", "no-restricted-syntax": ["error", ...FUNCTIONS] },
  },
];
