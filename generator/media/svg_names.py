"""The elements and attributes of SVG that draw and animate, and that run nothing.

After SVG 2 (https://www.w3.org/TR/SVG2/), SVG 1.1 for filters, and SVG Animations. `script`,
`foreignObject`, `handler`, event handlers and `xml:base` are not among them.
"""

from __future__ import annotations

from typing import Final

ELEMENTS: Final = frozenset(
    "svg g defs symbol use switch title desc a view style path rect circle ellipse line polyline "
    "polygon text tspan textPath tref image marker pattern clipPath mask linearGradient "
    "radialGradient stop filter feBlend feColorMatrix feComponentTransfer feComposite "
    "feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood "
    "feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology "
    "feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence animate set "
    "animateTransform animateMotion animateColor mpath font font-face font-face-src "
    "font-face-name glyph missing-glyph hkern vkern".split()
)
ANIMATIONS: Final = frozenset("animate set animateTransform animateMotion animateColor".split())
# Say something of a drawing that nobody sees.
SILENT: Final = frozenset(("metadata",))

_PRESENTATION = (
    "alignment-baseline baseline-shift clip clip-path clip-rule color color-interpolation "
    "color-interpolation-filters color-rendering cursor direction display dominant-baseline "
    "enable-background fill fill-opacity fill-rule filter flood-color flood-opacity font "
    "font-family font-feature-settings font-kerning font-size font-size-adjust font-stretch "
    "font-style font-variant font-variant-ligatures font-weight glyph-orientation-horizontal "
    "glyph-orientation-vertical image-rendering inline-size isolation kerning letter-spacing "
    "lighting-color line-height marker marker-end marker-mid marker-start mask mask-type "
    "mix-blend-mode opacity overflow paint-order pointer-events shape-inside shape-rendering "
    "solid-color solid-opacity stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset "
    "stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor "
    "text-align text-decoration text-indent text-overflow text-rendering text-transform "
    "transform transform-box transform-origin unicode-bidi vector-effect visibility white-space "
    "word-spacing writing-mode"
)
_GEOMETRY = (
    "d x y x1 x2 y1 y2 cx cy r rx ry fx fy fr dx dy rotate width height points pathLength "
    "textLength lengthAdjust viewBox preserveAspectRatio version baseProfile zoomAndPan "
    "contentScriptType contentStyleType startOffset method spacing side orient markerHeight "
    "markerUnits markerWidth refX refY patternUnits patternContentUnits patternTransform "
    "clipPathUnits maskUnits maskContentUnits gradientUnits gradientTransform spreadMethod offset"
)
_FILTERS = (
    "filterUnits primitiveUnits filterRes in in2 result mode type values tableValues slope "
    "intercept amplitude exponent operator k1 k2 k3 k4 order kernelMatrix divisor bias targetX "
    "targetY edgeMode kernelUnitLength preserveAlpha surfaceScale diffuseConstant scale "
    "xChannelSelector yChannelSelector azimuth elevation stdDeviation radius specularConstant "
    "specularExponent limitingConeAngle pointsAtX pointsAtY pointsAtZ z baseFrequency numOctaves "
    "seed stitchTiles"
)
_ANIMATION = (
    "attributeName attributeType begin dur end min max restart repeatCount repeatDur fill "
    "calcMode keyTimes keySplines keyPoints from to by additive accumulate path origin"
)
_FONTS = (
    "horiz-adv-x horiz-origin-x horiz-origin-y vert-adv-y vert-origin-x vert-origin-y unicode "
    "glyph-name arabic-form unicode-range units-per-em panose-1 stemv stemh slope cap-height "
    "x-height accent-height ascent descent widths bbox ideographic alphabetic mathematical "
    "hanging underline-position underline-thickness strikethrough-position "
    "strikethrough-thickness overline-position overline-thickness u1 u2 g1 g2 k name"
)
_GENERAL = (
    "id class style lang tabindex role focusable media title target rel hreflang href "
    "requiredFeatures requiredExtensions systemLanguage externalResourcesRequired"
)
ATTRIBUTES: Final = frozenset(
    " ".join((_PRESENTATION, _GEOMETRY, _FILTERS, _ANIMATION, _FONTS, _GENERAL)).split()
)
# Prefixes of attributes that say something to assistive technology, or to nobody.
PREFIXES: Final = ("aria-", "data-")
