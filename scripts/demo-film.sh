#!/usr/bin/env bash
# Makes server/services/data/demo-film.mp4: a few seconds through the rooms of an invented home, drawn by ourselves.
# The result is committed; run this again when the rooms are drawn otherwise.
set -euo pipefail
source "$(dirname "$0")/env.sh"

scripts/setup.sh rust ffmpeg
film=server/services/data/demo-film.mp4
frames="$(mktemp -d)"
trap 'rm -rf "$frames"' EXIT
cargo run --quiet --release --locked -p scenes --example film -- "$frames"

# Each room two seconds, drawn nearer; half a second from one to the next. Baseline and the index first: every
# browser plays it, and begins before all of it is there.
inputs=() near= joined= last='[0v]' at=0
rooms=("$frames"/*.png)
for i in "${!rooms[@]}"; do
  inputs+=(-i "${rooms[$i]}")
  near+="[$i:v]zoompan=z='1+0.0016*on':x='iw/2-iw/zoom/2':y='ih/2-ih/zoom/2':d=50:fps=25:s=640x480,format=yuv420p[${i}v];"
  [ "$i" -gt 0 ] || continue
  at=$(awk "BEGIN { print $at + 1.5 }")
  joined+="${last}[${i}v]xfade=transition=fade:duration=0.5:offset=$at[${i}x];"
  last="[${i}x]"
done
ffmpeg -y -loglevel error "${inputs[@]}" -filter_complex "$near${joined%;}" -map "$last" \
  -pix_fmt yuv420p -c:v libx264 -profile:v baseline -level 3.0 -preset veryslow -crf 30 -map_metadata -1 -fflags +bitexact \
  -flags:v +bitexact -movflags +faststart -an "$film"
size=$(stat -c %s "$film")
[ "$size" -le 300000 ] || die "$film has $size bytes; 300000 are allowed"
say "$film: $size bytes, $(ffprobe -v error -show_entries format=duration -of csv=p=0 "$film") s"
