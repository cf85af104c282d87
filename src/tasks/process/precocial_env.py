"""Serves an environment in Python to Precocial, which searches for networks that act in it.

    # my_env.py
    import gymnasium
    from precocial_env import serve

    serve(lambda: gymnasium.make("CartPole-v1"))

is searched by

    precocial search "python my_env.py"

An environment is any object with Gymnasium's `reset(seed=...)` and `step(action)`. Gymnasium itself, and NumPy, are not
needed: what their spaces would say can be given to `serve`. Needs Python 3.8 and its standard library only.

What is said between the two is docs/process-protocol.md of Precocial.
"""

import faulthandler
import json
import math
import os
import re
import select
import signal
import struct
import sys
import threading
import time
import traceback

__all__ = ["serve"]

PROTOCOL = 1
MAGIC = b"\nprecocial-env\r\n\x1a\n"

# Kinds of frames.
PLAY = 1
HELLO, ANSWER, PROGRESS, FAULT = 16, 17, 18, 19

TERMINATED, TRUNCATED = 1, 2

# Seconds of silence after which it is said how many lanes are done.
PROGRESS_SECONDS = 0.2

# Seconds that environments have to close themselves once nobody listens any more.
CLOSING_SECONDS = 5

_header = struct.Struct("<II")
_single = struct.Struct("<f")


def serve(
    make,
    *,
    name=None,
    summary=None,
    inputs=None,
    actions=None,
    low=None,
    high=None,
    max_steps=None,
    time_step=None,
    score=None,
    presets=None,
    lanes=64,
    longest_step=10.0
):
    """Plays episodes for Precocial until it has no more of them.

    make          gives a new environment each time it is called: a class, or a function without arguments. Its
                  reset(seed=...) returns (observation, info), and all chance in an episode comes from that seed;
                  its step(action) returns (observation, reward, terminated, truncated, info)
    name          letters, digits, - and _; default: the id in Gymnasium's registry, or the name of the file
    summary       what it is, in one sentence
    inputs        names of the observations, or how many they are; default: those of `observation_space`
    actions       names of the actions, or how many they are; default: those of `action_space`. An action is the number of
                  one of them, from 0, unless `low` and `high` are given: then it is a list of a number for each
    low, high     least and largest value of the actions: a number, or one for each
    max_steps     steps after which an episode ends; default: what Gymnasium's registry says
    time_step     seconds of a step, if it has any
    score         what the sum of an episode's rewards is, with its range, in words
    presets       settings of a search that suit it: {"population": 96, "generations": 100}
    lanes         environments that are made at most, to be played side by side
    longest_step  seconds after which one call of `make`, `reset` or `step` counts as endless
    """
    if sys.stdin is None or os.isatty(0):
        sys.exit(
            "This program serves an environment to Precocial and is started by it: "
            'precocial search "python %s"' % " ".join(sys.argv)
        )
    channel = _Channel()
    first = make()
    ends = _Ends(first, inputs, actions, low, high)
    hello = {
        "version": PROTOCOL,
        "name": name or _name(first),
        "summary": summary,
        "inputs": ends.inputs,
        "actions": ends.actions,
        "maxSteps": max_steps or _max_steps(first),
        "timeStep": time_step,
        "score": score,
        "presets": presets,
        "lanes": lanes,
        "longestStep": longest_step,
    }
    channel.write_raw(MAGIC)
    channel.write_json(HELLO, {key: value for key, value in hello.items() if value is not None})
    _Server(channel, make, ends, first).run()


class _Mistake(Exception):
    """What an environment returned cannot be used: what was expected, and what came."""


class _Channel:
    """Frames to and from Precocial.

    They go over what were standard input and output when this began. From then on whatever is printed, by whomever,
    goes to standard error, and whatever is read is empty.
    """

    def __init__(self):
        sys.stdout.flush()
        self._input = os.dup(0)
        self._output = os.dup(1)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        os.dup2(2, 1)
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(line_buffering=True)
        if os.name == "nt":
            import msvcrt

            msvcrt.setmode(self._input, os.O_BINARY)
            msvcrt.setmode(self._output, os.O_BINARY)
        try:
            # Ctrl-C is for Precocial, which ends this process when it is done.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        except ValueError:
            pass  # Not in the main thread, where signals are none of ours.
        faulthandler.enable(file=2, all_threads=False)
        self._end_with_precocial()

    def _end_with_precocial(self):
        """Ends this process, even in the middle of an endless call, when Precocial is gone."""
        if not hasattr(select, "poll"):
            return  # Windows ends the processes of a process with it.

        def watch():
            poll = select.poll()
            poll.register(self._input, 0)
            poll.poll()
            time.sleep(CLOSING_SECONDS)
            os._exit(0)

        threading.Thread(target=watch, daemon=True).start()

    def read(self):
        """The kind and the payload of the next frame; None when there are no more."""
        header = self._read_exactly(_header.size)
        if header is None:
            return None
        length, kind = _header.unpack(header)
        payload = self._read_exactly(length)
        return None if payload is None else (kind, payload)

    def _read_exactly(self, count):
        data = os.read(self._input, count) if count else b""
        if len(data) == count:
            return data
        parts = [data]
        missing = count - len(data)
        while missing and parts[-1]:
            parts.append(os.read(self._input, missing))
            missing -= len(parts[-1])
        return None if missing else b"".join(parts)

    def write_raw(self, data):
        view = memoryview(data)
        while view:
            view = view[os.write(self._output, view) :]

    def write_json(self, kind, value):
        payload = json.dumps(value).encode()
        self.write_raw(_header.pack(len(payload), kind) + payload)


class _Server:
    """Plays what it is asked to."""

    def __init__(self, channel, make, ends, first):
        self._channel = channel
        self._make = make
        self._ends = ends
        # Environments by their seats.
        self._environments = {}
        self._spare = first

    def run(self):
        try:
            while True:
                frame = self._channel.read()
                if frame is None:
                    break
                kind, payload = frame
                if kind != PLAY:
                    raise SystemExit("Expected a frame of kind %d from Precocial, got %d." % (PLAY, kind))
                self._play(payload)
        except BrokenPipeError:
            pass  # Precocial is gone.
        for environment in [*self._environments.values(), self._spare]:
            if hasattr(environment, "close"):
                environment.close()

    def _play(self, payload):
        """Begins some episodes, takes a step in others, and answers."""
        starts, steps = _header.unpack_from(payload)
        words = struct.unpack_from("<%dI" % (2 * starts + steps), payload, 8)
        actions = self._ends.read_actions(payload, 8 + 4 * len(words), steps)
        playing = [self._environments[seat] for seat in words[2 * starts :]]
        width = 4 * len(self._ends.inputs)
        offset = 8 + 8 * steps
        answer = bytearray(offset + width * (starts + steps) + steps)
        _header.pack_into(answer, 0, len(answer) - _header.size, ANSWER)
        rewards, ends = [], []
        write, monotonic = self._ends.write_observation, time.monotonic
        due = monotonic() + PROGRESS_SECONDS
        lane = 0
        try:
            for seat, seed in zip(words[:starts], words[starts:]):
                if monotonic() > due:
                    due = self._tell_progress(lane)
                write(answer, offset, self._start(seat, seed))
                offset += width
                lane += 1
            for environment, action in zip(playing, actions):
                if monotonic() > due:
                    due = self._tell_progress(lane)
                result = environment.step(action)
                try:
                    observation, reward, terminated, truncated, _ = result
                    rewards.append(float(reward))
                    ends.append(TERMINATED if terminated else TRUNCATED if truncated else 0)
                except (TypeError, ValueError):
                    raise _Mistake(_about_step(result)) from None
                write(answer, offset, observation)
                offset += width
                lane += 1
        except _Mistake as mistake:
            self._channel.write_json(FAULT, {"lane": lane, "message": str(mistake)})
        except Exception as error:
            fault = {"lane": lane, "message": _message(error), "traceback": _traceback(error)}
            self._channel.write_json(FAULT, fault)
        else:
            struct.pack_into("<%dd" % steps, answer, 8, *rewards)
            answer[offset:] = bytes(ends)
            self._channel.write_raw(answer)

    def _start(self, seat, seed):
        """Begins an episode. Returns its first observation."""
        if seat not in self._environments:
            self._environments[seat] = self._make() if self._spare is None else self._spare
            self._spare = None
        result = self._environments[seat].reset(seed=seed)
        if isinstance(result, tuple) and len(result) == 2:
            return result[0]
        raise _Mistake("expected reset() to return (observation, info), got %s" % _show(result))

    def _tell_progress(self, lanes):
        self._channel.write_raw(_header.pack(4, PROGRESS) + struct.pack("<I", lanes))
        return time.monotonic() + PROGRESS_SECONDS


class _Ends:
    """What goes into an environment and comes out of it, as numbers."""

    def __init__(self, environment, inputs, actions, low, high):
        self.inputs = self._name_inputs(getattr(environment, "observation_space", None), inputs)
        self._singles = struct.Struct("<%df" % len(self.inputs))
        self.write_observation = self._writer(getattr(environment, "observation_space", None))
        self.actions = self._name_actions(getattr(environment, "action_space", None), actions, low, high)

    def _name_inputs(self, space, inputs):
        # A state by number, as in Gymnasium's Discrete, becomes an input of 0 or 1 for each.
        self._first_state = None
        if space is None:
            if inputs is None:
                raise TypeError("Expected inputs, the names of the observations, since there is no observation_space.")
            count = len(inputs) if not isinstance(inputs, int) else inputs
        elif _is_discrete(space):
            count = int(space.n)
            self._first_state = int(getattr(space, "start", 0))
        elif getattr(space, "shape", None) is not None and hasattr(space, "dtype"):
            count = math.prod(space.shape)
        else:
            raise TypeError(
                "Expected an observation_space of numbers (Box, Discrete, MultiBinary), got %s: wrap the environment "
                "in gymnasium.wrappers.FlattenObservation." % type(space).__name__
            )
        return _names("inputs", inputs, count, "observation")

    def _name_actions(self, space, actions, low, high):
        self._first_action = 0
        self._shape = None
        self._count = 0
        if space is not None and _is_discrete(space):
            self._first_action = int(getattr(space, "start", 0))
            return {"discrete": _names("actions", actions, int(space.n), "action")}
        if space is not None and hasattr(space, "low") and hasattr(space, "high"):
            self._shape = space.shape
            self._dtype = space.dtype
            count = int(space.low.size)
            low = space.low.ravel().tolist() if low is None else low
            high = space.high.ravel().tolist() if high is None else high
        elif space is not None:
            raise TypeError("Expected an action_space that is Discrete or Box, got %s." % type(space).__name__)
        elif actions is None:
            raise TypeError("Expected actions, the names of the actions, since there is no action_space.")
        else:
            count = actions if isinstance(actions, int) else len(actions)
            if low is None and high is None:
                return {"discrete": _names("actions", actions, count, "action")}
        names = _names("actions", actions, count, "action")
        self._count = count
        limits = {"low": low, "high": high}
        for limit, values in limits.items():
            numbers = values if isinstance(values, (list, tuple)) else [values]
            if not all(isinstance(number, (int, float)) and math.isfinite(number) for number in numbers):
                raise ValueError("Expected %s of the actions to be finite numbers, got %s." % (limit, _show(values)))
        return {"names": names, **limits}

    def read_actions(self, payload, offset, steps):
        """Actions of a request, as the environment takes them."""
        if self._count == 0:
            numbers = struct.unpack_from("<%dI" % steps, payload, offset)
            return [number + self._first_action for number in numbers] if self._first_action else numbers
        if self._shape is not None:
            from numpy import frombuffer

            values = frombuffer(payload, "<f4", steps * self._count, offset)
            return values.reshape((steps, *self._shape)).astype(self._dtype)
        values = struct.unpack_from("<%df" % (steps * self._count), payload, offset)
        return [list(values[first : first + self._count]) for first in range(0, len(values), self._count)]

    def _writer(self, space):
        """A function (answer, offset, observation) that writes an observation as singles, row by row."""
        pack = self._singles.pack_into
        count = len(self.inputs)
        size = self._singles.size

        def write_array(answer, offset, observation):
            if observation.size != count:
                raise _Mistake(self._about_observation(observation.size))
            answer[offset : offset + size] = observation.astype("<f4", copy=False).tobytes()

        def write(answer, offset, observation):
            try:
                pack(answer, offset, *observation)
            except (TypeError, ValueError, OverflowError, struct.error):
                if not hasattr(observation, "astype"):
                    raise _Mistake(self._about_list(observation)) from None
                write_array(answer, offset, observation)

        def write_any(answer, offset, observation):
            (write_array if hasattr(observation, "astype") else write)(answer, offset, observation)

        def write_state(answer, offset, observation):
            state = int(observation) - self._first_state
            if not 0 <= state < count:
                raise _Mistake("expected one of %d states, got %s" % (count, _show(observation)))
            _single.pack_into(answer, offset + 4 * state, 1.0)

        if self._first_state is not None:
            return write_state
        return write if space is None else write_any

    def _about_list(self, observation):
        count = len(observation) if hasattr(observation, "__len__") else None
        if count is not None and count != len(self.inputs):
            return self._about_observation(count)
        return "expected an observation that is a list of numbers in single precision, got %s" % _show(observation)

    def _about_observation(self, count):
        return "expected %d observations (%s), got %d" % (len(self.inputs), ", ".join(self.inputs[:8]), count)


def _is_discrete(space):
    return hasattr(space, "n") and not getattr(space, "shape", ())


def _names(what, given, count, word):
    """Names as they are given, or numbered."""
    if given is None or isinstance(given, int):
        given = ["%s %d" % (word, number) for number in range(count)]
    names = [str(name) for name in given]
    if len(names) != count:
        raise ValueError("Expected %d names of %s, got %d." % (count, what, len(names)))
    return names


def _name(environment):
    """The id in Gymnasium's registry, or the name of the program's file."""
    spec = getattr(environment, "spec", None)
    name = getattr(spec, "id", None) or os.path.splitext(os.path.basename(sys.argv[0]))[0]
    return re.sub(r"[^\w-]+", "-", name, flags=re.ASCII).strip("-") or "process"


def _max_steps(environment):
    """What Gymnasium's registry says."""
    steps = getattr(getattr(environment, "spec", None), "max_episode_steps", None)
    if steps is None:
        raise TypeError("Expected max_steps, the steps after which an episode ends: serve(..., max_steps=500).")
    return steps


def _about_step(result):
    """What is wrong with what `step` returned."""
    if isinstance(result, tuple) and len(result) == 5:
        return "expected numbers as reward and ends, got %s" % _show(result[1:4])
    return "expected step() to return (observation, reward, terminated, truncated, info), got %s" % _show(result)


def _show(value):
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _message(error):
    """An exception in one line, with the place in the environment's own code."""
    text = str(error).strip().split("\n")[0].rstrip(".")
    kind = type(error).__name__
    words = "%s: %s" % (kind, text) if text else kind
    frames = _frames(error)
    if not frames:
        return words
    return "%s (%s, line %d)" % (words, os.path.basename(frames[-1].filename), frames[-1].lineno)


def _traceback(error):
    lines = traceback.format_list(_frames(error)) + traceback.format_exception_only(type(error), error)
    return "".join(lines)


def _frames(error):
    """Where an exception was raised, without the frames of this file."""
    return [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename != __file__]
