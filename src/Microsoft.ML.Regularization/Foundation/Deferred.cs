namespace Microsoft.ML.Regularization.Foundation;

/// <summary>
/// A value that is made once, by the first thread that asks for it. Where that fails nothing is kept, and whoever asks next tries again; a
/// <see cref="Lazy{T}"/> would throw the first failure for ever.
/// </summary>
internal sealed class Deferred<T>(Func<T> make)
    where T : class
{
    private readonly Lock _making = new();
    private volatile T? _value;

    public T Value
    {
        get
        {
            if (_value is { } known)
                return known;

            lock (_making)
                return _value ??= make();
        }
    }
}
