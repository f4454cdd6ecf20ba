namespace Microsoft.ML.Regularization;

/// <summary>What a column of a table holds: see <see cref="ColumnFacts"/>.</summary>
public enum ColumnKind
{
    /// <summary>A number in each row, or a mark.</summary>
    Number,

    /// <summary>Texts of which few differ, or keys.</summary>
    Category,

    /// <summary>Texts of several words, most of which differ.</summary>
    FreeText,

    /// <summary>A vector of numbers.</summary>
    Vector,

    /// <summary>A vector whose type has the dimensions steps and numbers of a step.</summary>
    Sequence,

    /// <summary>A vector whose type has the dimensions of an image.</summary>
    Pixels,

    /// <summary>Images as ML.NET holds them.</summary>
    Image,

    /// <summary>A moment, which no transform of ML.NET's turns into numbers.</summary>
    Date,

    /// <summary>Something that is not looked at.</summary>
    Other,
}
