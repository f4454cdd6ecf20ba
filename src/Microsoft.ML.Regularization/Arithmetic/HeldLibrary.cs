namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>
/// Until it is disposed, large products of the thread that made it go to another library: see <see cref="LibraryProduct"/>. Parts of works do not see it, on
/// whatever thread they run, so that the number of threads changes no bit.
/// </summary>
internal readonly struct HeldLibrary : IDisposable
{
    [ThreadStatic]
    private static IMatrixLibrary? t_library;

    private readonly IMatrixLibrary? _before;

    private HeldLibrary(IMatrixLibrary? library) => (_before, t_library) = (t_library, library);

    /// <summary>The calling thread's; null where it holds none.</summary>
    public static IMatrixLibrary? OfThread => t_library;

    /// <param name="library">Takes the place of the one that is held; null for none.</param>
    public static HeldLibrary Use(IMatrixLibrary? library) => new(library);

    public void Dispose() => t_library = _before;
}
