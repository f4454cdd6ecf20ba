namespace Microsoft.ML.Regularization.Tests.Contract;

/// <summary>How far from tidy the library may be. A limit may only shrink; where the library has become better, lower it.</summary>
internal static class HouseLimits
{
    public const int UpwardArrows = 0;

    /// <summary>Folders that reach one another, as the largest such circle.</summary>
    public const int CircleOfFolders = 0;

    public const int CircleOfFiles = 4;

    /// <summary>Types of other files that one file names.</summary>
    public const int FanOut = 19;

    /// <summary>Lines of a file outside the catalogs, which are lists of entries.</summary>
    public const int Lines = 250;
}
