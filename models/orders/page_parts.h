// What is the same in every page of the order book: style, script and the words at its head.
#pragma once

namespace wyn::models {

extern const char* const page_style;
extern const char* const page_script;
extern const char* const page_intro;

}  // namespace wyn::models
