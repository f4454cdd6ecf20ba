namespace Microsoft.ML.Regularization.Tests;

/// <summary>Takes so many bytes and then fails, as a full disk does in the midst of a file.</summary>
internal class FullDisk(Stream file, long room) : Stream
{
    private long _left = room;

    public override bool CanRead => file.CanRead;

    public override bool CanSeek => file.CanSeek;

    public override bool CanWrite => true;

    public override long Length => file.Length;

    public override long Position
    {
        get => file.Position;
        set => file.Position = value;
    }

    public override void Flush() => file.Flush();

    public override int Read(byte[] buffer, int offset, int count) => file.Read(buffer, offset, count);

    public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

    public override void SetLength(long value) => file.SetLength(value);

    public override void Write(byte[] buffer, int offset, int count)
    {
        var fits = (int)Math.Min(count, _left);
        file.Write(buffer, offset, fits);
        _left -= fits;
        if (fits < count)
            throw new IOException("No space left on device");
    }
}
