"""The embedded broker: a message is there whole or not at all, however closely somebody looks."""

import threading
from queue import Empty

import pytest
from kombu import Connection
from kombu.exceptions import ChannelError

from lanshan_portal.broker import Channel

MESSAGES = 40


@pytest.fixture
def channel(tmp_path):
    folders = {"data_folder_in": tmp_path, "data_folder_out": tmp_path, "control_folder": tmp_path / "control"}
    with Connection("filesystem://localhost", transport_options=folders) as connection:
        yield connection.channel()


def test_the_portals_queue_is_this_one(channel):
    assert isinstance(channel, Channel)


def test_messages_come_out_as_they_went_in_in_order(channel):
    for number in range(5):
        channel._put("celery", {"number": number, "words": "催办"})
    assert [channel._get("celery") for _ in range(5)] == [{"number": n, "words": "催办"} for n in range(5)]
    with pytest.raises(Empty):
        channel._get("celery")


def test_nobody_reads_half_a_message(channel):
    """kombu's own loses the reader here: it opens a file that its writer has made and not yet filled."""
    found, faults, over = [], [], threading.Event()

    def read():
        while len(found) < MESSAGES and not over.is_set():
            try:
                found.append(channel._get("celery")["number"])
            except Empty:
                pass
            except Exception as fault:
                faults.append(fault)

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(MESSAGES):
        channel._put("celery", {"number": number, "words": "长" * 200_000})
    reader.join(30)
    over.set()
    assert not faults
    assert sorted(found) == list(range(MESSAGES))


def test_a_folder_that_is_full_or_gone_is_an_error_of_the_channel_and_leaves_nothing(channel, tmp_path):
    (tmp_path / "control").mkdir(exist_ok=True)
    channel.__dict__["data_folder_out"] = str(tmp_path / "gone")
    with pytest.raises(ChannelError):
        channel._put("celery", {})
    assert not list(tmp_path.glob("*.part"))
